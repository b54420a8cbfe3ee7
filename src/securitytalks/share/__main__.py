"""Write the files for other programs into the project: python -m securitytalks.share."""

from __future__ import annotations

from .files import ROOT, shared_files


def main() -> None:
    """Write every file whose content has changed, and print its name."""
    for name, text in shared_files().items():
        path = ROOT / name
        if not path.is_file() or path.read_bytes() != text.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            print(f"wrote {name}")


if __name__ == "__main__":
    main()
