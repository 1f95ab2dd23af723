"""The order of the set-up: the Python side and the engine side at the same time, one set-up at a time in a checkout."""

from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait

from set_up.failure import SetUpError
from set_up.go_build import GoProgram
from set_up.import_root import link_rooms
from set_up.layout import Layout
from set_up.processes import Processes
from set_up.provider_plugin import ensure_plugin
from set_up.pulumi_cli import ensure_cli
from set_up.python_packages import ensure_environment, ensure_packages
from set_up.turns import alone


def set_up(layout: Layout, hosts: tuple[GoProgram, ...] = ()) -> None:
    """Makes all that is missing, and returns at once if nothing is. Raises SetUpError.

    `hosts` are language hosts beyond Python's, for programs in other languages.
    """
    if ":" in str(layout.root):
        raise SetUpError(
            f"the checkout cannot be in a folder whose path has a colon, since PATH could not name it: {layout.root}"
        )
    layout.state.mkdir(parents=True, exist_ok=True)
    link_rooms(layout.root)
    with alone(layout) as turn, ThreadPoolExecutor(max_workers=3) as threads:
        processes = Processes(layout.logs, turn)
        try:
            _wait_for_all(_begin(threads, layout, processes, hosts))
        except BaseException:
            processes.stop()
            raise


def _begin(
    threads: ThreadPoolExecutor, layout: Layout, processes: Processes, hosts: tuple[GoProgram, ...]
) -> list[Future[None]]:
    environment = threads.submit(ensure_environment, layout, processes)
    packages = threads.submit(_python_side, layout, processes, environment)
    cli = threads.submit(ensure_cli, layout, processes, hosts, environment.result, packages.result)
    return [environment, packages, cli]


def _python_side(layout: Layout, processes: Processes, environment: Future[None]) -> None:
    environment.result()
    ensure_packages(layout, processes)
    ensure_plugin(layout)


def _wait_for_all(parts: list[Future[None]]) -> None:
    done, _ = wait(parts, return_when=FIRST_EXCEPTION)
    for part in parts:
        if part in done:
            part.result()
