"""The command line of the set-up, written so that any Python 3 can parse it far enough to say that it is too old."""

import sys

from set_up.interpreter import continue_with_a_supported_python

continue_with_a_supported_python()

from set_up.commands import main  # noqa: E402  the import needs the Python that the line above makes sure of

sys.exit(main(sys.argv[1:]))
