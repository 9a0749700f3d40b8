"""What the command line cannot do, as one Dutch sentence with a next step."""


class Failed(Exception):
    """A command that stops with code 2; the text is shown as it is."""
