#!/usr/bin/env python3
"""Says what a deploy must send: holds the manifest of a new site against the one that is live.

    changed.py public/manifest.json                    every file
    changed.py public/manifest.json live.json          files that are new or have other bytes
    changed.py public/manifest.json live.json --gone   files that are no longer there

One path a line, assets first: so a page is never live before what it shows. The manifest itself comes last, once all it lists is there.
"""

import json
import sys


def files(path):
    with open(path, encoding="utf-8") as manifest:
        return json.load(manifest)["files"]


def main(arguments):
    paths = [argument for argument in arguments if argument != "--gone"]
    if not 1 <= len(paths) <= 2:
        sys.exit(__doc__)
    new, live = files(paths[0]), files(paths[1]) if len(paths) == 2 else {}
    if "--gone" in arguments:
        chosen = [path for path in live if path not in new]
    else:
        changed = [path for path in new if new[path] != live.get(path)]
        chosen = sorted(changed, key=lambda path: (not path.startswith("assets/"), path))
        chosen.append("manifest.json")
    print("\n".join(chosen))


if __name__ == "__main__":
    main(sys.argv[1:])
