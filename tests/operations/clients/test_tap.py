"""Tokens of Azure's bucket: what is under way is counted once, and what Azure says is believed where it is less."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from azure_hotpatch.operations.clients.tap import OwnSource, Tap


@pytest.fixture
def slept():
    return []


@pytest.fixture
def tap(slept):
    """A full bucket at a clock that only sleeping moves."""

    async def sleep(seconds):
        slept.append(seconds)

    return Tap(OwnSource(lambda: sum(slept)), sleep)


async def held(tap, stack, count):
    return [await stack.enter_async_context(tap.token()) for _ in range(count)]


def test_answers_that_wait_to_be_looked_at_are_not_counted_twice(tap, slept):
    async def burst():
        async with AsyncExitStack() as stack:
            tokens = await held(tap, stack, 100)
            # Sixty answers are here before anybody looks at one: Azure has counted them, forty are under way.
            answers = [token.ask(lambda left=599 - number: left) for number, token in enumerate(tokens[:60])]
            for remaining, others in reversed(answers):
                await tap.answered(remaining, others)
        async with AsyncExitStack() as stack:
            await held(tap, stack, 500)
            assert slept == []
            await held(tap, stack, 1)

    asyncio.run(burst())
    assert slept == pytest.approx([0.3])


def test_less_is_believed_where_another_draws_from_the_bucket(tap, slept):
    async def one():
        async with tap.token() as token:
            await tap.answered(*token.ask(lambda: 0))
        async with tap.token():
            pass

    asyncio.run(one())
    assert slept == pytest.approx([0.3])


def test_a_token_whose_request_failed_is_out_no_more(tap):
    async def one():
        async with AsyncExitStack() as stack:
            first, second = await held(tap, stack, 2)
            with pytest.raises(ZeroDivisionError):
                first.ask(lambda: 1 / 0)
            assert second.ask(lambda: 5) == (5, 0)

    asyncio.run(one())
