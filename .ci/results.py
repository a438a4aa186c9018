#!/usr/bin/env python3
"""The results of all test runs of .ci/run, one folder per run.

list-failed DIR          one line per failed test: run, project, method
report DIR again BROKEN  what failed, what passed only when it was run again, and the numbers
"""
import html
import pathlib
import re
import sys

# A run with more tests that pass only when run again has failed: too many to be chance.
MAX_UNSTABLE = 3


def attribute(name, text):
    found = re.search(f'{name}="([^"]*)"', text)
    return html.unescape(found[1]) if found else ""


def read(directory):
    """Yields run, project, method, name, outcome and message of every result."""
    root = pathlib.Path(directory)
    for trx in sorted(root.rglob("*.trx")):
        run = trx.parent.relative_to(root).as_posix()
        text = trx.read_text(encoding="utf-8", errors="replace")
        methods = {}
        for test in re.findall(r"<UnitTest .*?</UnitTest>", text, re.S):
            method = re.search(r"<TestMethod [^>]*>", test)[0]
            project = pathlib.Path(attribute("codeBase", method)).stem
            methods[attribute(" id", test)] = (project, f'{attribute("className", method)}.{attribute(" name", method)}')
        for result in re.findall(r"<UnitTestResult [^>]*?/>|<UnitTestResult .*?</UnitTestResult>", text, re.S):
            project, method = methods[attribute("testId", result)]
            message = re.search(r"<Message>(.*?)</Message>", result, re.S)
            words = html.unescape(message[1]) if message else ""
            yield run, project, method.split("(")[0], attribute("testName", result), attribute("outcome", result), words


FAILED = {"Failed", "Error", "Timeout"}


def list_failed(directory):
    for line in sorted({" ".join(result[:3]) for result in read(directory) if result[4] in FAILED}):
        print(line)


def report(directory, again, broken):
    passed, failed, unstable, seen, ran = 0, [], [], set(), set()
    failed_runs = set()
    repeated = {}
    for run, project, method, _, outcome, _ in read(again):
        repeated.setdefault((run, project, method), []).append(outcome)
    for run, project, method, name, outcome, message in read(directory):
        seen.add(name)
        if outcome != "NotExecuted":
            ran.add(name)
        if outcome == "Passed":
            passed += 1
        if outcome in FAILED:
            failed_runs.add(run)
            passes_alone = set(repeated.get((run, project, method), [])) == {"Passed"}
            (unstable if passes_alone else failed).append(f"{run}: {name}\n{message}")
    if len(unstable) > MAX_UNSTABLE:
        failed, unstable = failed + unstable, []
    for item in failed:
        print(f"failed: {item}")
    for item in unstable:
        print(f"UNSTABLE, failed and then passed alone: {item}")
    # A step that ended with an error counts as one failure if it reports no failed test, or if its name has an exit
    # code: then there was more than failed tests.
    count = len(failed) + sum(1 for run in broken if run not in failed_runs)
    for run in broken:
        if run not in failed_runs:
            print(f"failed: {run}, see its output above")
    # A test that one run leaves out, as those that need longer, is skipped only if no other run has it.
    print(f"\n{passed + len(unstable)} passed, {count} failed, {len(seen - ran)} skipped")
    return 1 if count else 0


if sys.argv[1] == "list-failed":
    list_failed(sys.argv[2])
else:
    sys.exit(report(sys.argv[2], sys.argv[3], sys.argv[4:]))
