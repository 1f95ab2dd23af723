"""A token bucket by whatever clock it is given."""

import pytest

from azure_hotpatch.operations.install.buckets import PATCH, Bucket


@pytest.fixture
def bucket():
    return Bucket(PATCH, 600.0, 0.0)


def drain(bucket, count, now=0.0):
    for _ in range(count):
        assert bucket.wait(now) == 0
        bucket.take(now)


def test_600_tokens_then_one_every_three_tenths_of_a_second(bucket):
    drain(bucket, 600)
    assert bucket.wait(0) == pytest.approx(0.3)
    drain(bucket, 1, now=0.3)
    assert bucket.wait(0.4) == pytest.approx(0.2)


def test_it_never_holds_more_than_its_cap(bucket):
    assert bucket.wait(1e6) == 0
    assert bucket.tokens == 600


def test_azure_is_believed_when_it_has_less_and_not_when_it_has_more(bucket):
    bucket.tell(0, remaining=10, in_flight=4)
    assert bucket.tokens == 6
    bucket.tell(0, remaining=500, in_flight=0)
    assert bucket.tokens == 6


def test_after_a_refusal_nobody_asks_before_azure_wants_it(bucket):
    bucket.close(0, 20)
    assert bucket.wait(5) == 15
    assert bucket.wait(20) == 0


def test_another_client_that_takes_half_of_the_bucket_causes_no_storm():
    azure, ours = Bucket(PATCH, 0.0, 0.0), Bucket(PATCH, 0.0, 0.0)
    now, taken, sent, refused = 0.0, 0.0, 0, 0
    while sent < 600:
        now += max(ours.wait(now), 0.001)
        while taken <= now:
            if not azure.wait(taken):
                azure.take(taken)
            taken += 2 * PATCH.seconds
        ours.take(now)
        if azure.wait(now):
            refused += 1
            ours.close(now, 1.0)
        else:
            azure.take(now)
            sent += 1
            ours.tell(now, int(azure.tokens), 0)
    assert 0 < refused <= 0.05 * sent
    assert now <= 1.1 * 2 * PATCH.seconds * sent
