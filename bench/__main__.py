"""Which measurements are run: all of this folder, one after the other, or the one that is named, with its arguments."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main(arguments: list[str]) -> int:
    """`[name [argument …]]`. Every measurement runs to its end; 0 if each held its bar, else 1."""
    benches = {path.stem: path for path in sorted(FOLDER.glob("*.py")) if is_bench(path)}
    if arguments and arguments[0] not in benches:
        sys.stderr.write(f"there is no measurement {arguments[0]!r}, but: {', '.join(benches)}\n")
        return 2
    chosen = {arguments[0]: benches[arguments[0]]} if arguments else benches
    return max(run(name, path, arguments[1:]) for name, path in chosen.items())


def is_bench(path: Path) -> bool:
    """Other files of this folder are read by those that can be run."""
    return path.stem != "__main__" and '\nif __name__ == "__main__":' in path.read_text(encoding="utf-8")


def run(name: str, path: Path, arguments: list[str]) -> int:
    sys.stdout.write(f"== {name}\n")
    sys.stdout.flush()
    done = subprocess.run([sys.executable, path, *arguments], cwd=FOLDER.parent, check=False)
    return min(done.returncode, 1) if done.returncode >= 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
