"""Windows Server hotpatch on Azure: Pulumi components, policies, an emulator, and the rules that they share."""

from pathlib import Path

__version__ = "0.1.0"


def _refuse_another_checkout() -> None:
    """A checkout's program, pack or test must not run another checkout's code because that one's environment is used."""
    ours = Path(__file__).resolve().parents[2]
    if not (ours / "set_up").is_dir():
        return  # installed, not a checkout
    try:
        folders = (Path.cwd(), *Path.cwd().parents)
    except FileNotFoundError:  # the folder was deleted under the shell
        return
    here = next((folder for folder in folders if (folder / "src/azure_hotpatch").is_dir()), ours)
    if not here.samefile(ours):
        raise ImportError(
            f"{here} would run the code of another checkout, {ours}; run `make up` in {here} and use its .hotpatch/venv"
        )


_refuse_another_checkout()
