"""What is raised where the records have nothing for a chart to draw."""

from __future__ import annotations


class NoData(ValueError):
    """No record has what a chart draws. `what` says so as a sentence, `needs` names the fields that would fill it."""

    def __init__(self, what: str, needs: str) -> None:
        super().__init__(f"{what} A record needs {needs}; see seeds/README.md")
        self.what, self.needs = what, needs
