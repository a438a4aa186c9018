"""Prints a table of the coverage of each project, merged from the Cobertura files in a folder: coverage.py FOLDER"""

import collections
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

lines = collections.defaultdict(dict)  # project -> (file, line) -> whether it ran
branches = collections.defaultdict(dict)  # project -> (file, line) -> (taken, all)
for report in sorted(pathlib.Path(sys.argv[1]).glob("*.xml")):
    root = ElementTree.parse(report).getroot()
    folders = [pathlib.Path(source.text or "/") for source in root.iter("source")]
    for package in root.iter("package"):
        project = {"serge": "Serge.Bot"}.get(package.get("name"), package.get("name"))
        for type_ in package.iter("class"):
            name = type_.get("filename")
            file = next((str(folder / name) for folder in folders if (folder / name).exists()), name)
            for line in type_.iter("line"):
                key = (file, int(line.get("number")))
                lines[project][key] = lines[project].get(key, False) or int(line.get("hits")) > 0
                condition = re.search(r"\((\d+)/(\d+)\)", line.get("condition-coverage") or "")
                if condition:
                    taken, all_ = int(condition[1]), int(condition[2])
                    before = branches[project].get(key, (0, 0))
                    branches[project][key] = (max(before[0], taken), max(before[1], all_))


def percent(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "-"


print(f"{'project':24} {'lines':>7} {'covered':>9} {'branches':>9} {'covered':>9}")
total = [0, 0, 0, 0]
for project in sorted(lines):
    taken, all_ = (sum(branch[n] for branch in branches[project].values()) for n in (0, 1))
    row = [sum(lines[project].values()), len(lines[project]), taken, all_]
    total = [a + b for a, b in zip(total, row)]
    print(f"{project:24} {row[1]:7} {percent(row[0], row[1]):>9} {row[3]:9} {percent(row[2], row[3]):>9}")
print(f"{'all':24} {total[1]:7} {percent(total[0], total[1]):>9} {total[3]:9} {percent(total[2], total[3]):>9}")
