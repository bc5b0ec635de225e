"""Make the virtual environment; runs on whatever Python there is, so it says plainly what is wrong with it.

`python3 tools/make_venv.py FOLDER`: nothing happens when a usable one is there already.
"""

import shutil
import subprocess
import sys

OLDEST = (3, 11)


def main(folder: str) -> None:
    if sys.version_info < OLDEST:
        sys.exit(
            "Python {}.{} is te oud. Installeer Python 3.11 of nieuwer en probeer opnieuw, "
            "bijvoorbeeld: make run PYTHON=python3.11".format(*sys.version_info[:2])
        )
    if usable(folder):
        return
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian leaves it out until python3-venv is installed
        import venv  # noqa: PLC0415 - as above
    except ImportError:
        sys.exit("Python mist de module venv. Op Debian of Ubuntu: sudo apt-get install python3-venv")
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)


def usable(folder: str) -> bool:
    """Whether the environment runs and has pip; a moved or half-made one does not."""
    try:
        check = subprocess.run([folder + "/bin/python", "-m", "pip", "--version"], stdout=subprocess.DEVNULL)
    except OSError:
        return False
    return check.returncode == 0


if __name__ == "__main__":
    main(sys.argv[1])
