#!/usr/bin/env python3
"""Moves the worker's files to the target folders, renames files after their type, sets namespaces and makes own usings global."""
import os, re, subprocess, sys, pathlib
root = pathlib.Path(sys.argv[1]); os.chdir(root)
def git(*a): subprocess.run(["git", *a], check=True)
W = "src/Serge.Bot/"; P = "src/Serge.Bot.Posting/"
moves = {}
def mv(to, *files):
    for f in files: moves[f] = to
mv(P+"Model", W+"Delivery/Post.cs", W+"Delivery/Destination.cs", W+"Schedules/Schedule.cs", W+"Schedules/ContentNames.cs", W+"Delivery/Keys.cs", W+"Clocks.cs", W+"Places/Weekdays.cs", W+"Places/ScheduleName.cs", W+"Delivery/Transitions.cs", W+"Delivery/Failures.cs", W+"Delivery/DeliverySettings.cs")
mv(P+"Storage", *[W+"Storage/"+f for f in "Database IEngine LedgerCopy PostgresAddress PostgresServer Rows Schema Session SqliteFile".split()], *[W+"Delivery/"+f for f in "PostRows Ledger OperatorLedger SenderRows ILedger IOperatorLedger".split()])
mv(P+"Scheduling", *[W+"Schedules/"+f for f in "DestinationHistory FloodGuard Forecast Occurrences PlanningLog PostPlanner PostWriter Scheduler".split()])
mv(P+"Delivery", *[W+"Delivery/"+f for f in "DeliveryWorker IRefusalListener SenderLease".split()])
mv(W+"QuoteFiles", *[W+f for f in "LiveCatalogue CatalogueWatch FileStamp WithdrawalWatch".split()])
mv(W+"Publishing", W+"Delivery/Poster", W+"Delivery/MastodonGreeting", W+"Rendering/InstanceLimits", W+"Rendering/PostRenderer", *[W+"Citizenship/"+f for f in "AccountExam Finding Manners ServerNotes".split()], W+"Places/ChannelNeeds", W+"Health/Connection")
mv(W+"Hosting", *[W+f for f in "WorkerHost PlatformClients Surrender ServiceManager ServiceNotices WebDoor SystemChance Home".split()], W+"Commands/InteractionListener", W+"Operators/LogLines")
mv(W+"Hosting/Health", *[W+"Health/"+f for f in "HealthPages HealthReader HealthRows Readiness ReadyReport".split()])
mv(W+"Telemetry", *[W+"Telemetry/"+f for f in "AnsweringNote BotMetrics TelemetryExport".split()])
moves = {k if k.endswith(".cs") else k+".cs": v for k, v in moves.items()}
for f in pathlib.Path(W+"Places").glob("*.cs"):
    moves.setdefault(str(f), W+"Guilds")
for f in pathlib.Path(W+"Operators").rglob("*.cs"):
    moves.setdefault(str(f), W+"Cli" + str(f.parent)[len(W+"Operators"):])
renamed = {}
for line in open("/work/wt/refactor/short.map"):
    m = re.match(r"T:([\w.]+)(?:`\d)? (\w+)", line)
    if m: renamed[m[1]] = m[2]
def newname(path):
    p = pathlib.Path(path); parts = p.name.split(".")
    for old, new in renamed.items():
        if old.split(".")[-1] == parts[0]: 
            ns = old.split(".")[:-1]
            if not ns or ns[-1] in p.parts or p.parts[1].endswith(ns[0]):
                return ".".join([new]+parts[1:])
    return p.name
allcs = [f for f in subprocess.run(["git","ls-files","*.cs"],capture_output=True,text=True).stdout.split() if os.path.exists(f)]
done = {}
for f in allcs:
    to = moves.get(f, os.path.dirname(f)); name = newname(f) if f.startswith("src/") else os.path.basename(f)
    target = to + "/" + name
    if target != f:
        os.makedirs(to, exist_ok=True); git("mv", f, target); done[f] = target
# tests of the worker follow
T = "tests/Serge.Bot.Tests/"
tests = {"Operators":"Cli","Places":"Guilds","Citizenship":"Publishing","Schedules":"Scheduling"}
for old, new in tests.items():
    if os.path.isdir(T+old): git("mv", T+old, T+new) if not os.path.isdir(T+new) else None
def namespace_of(path):
    p = pathlib.Path(path); return ".".join([p.parts[1].replace("Serge.Bot.Tests","Serge.Bot.Tests")] + list(p.parts[2:-1]))
for f in subprocess.run(["git","ls-files","src/Serge.Bot","src/Serge.Bot.Posting","tests/Serge.Bot.Tests"],capture_output=True,text=True).stdout.split():
    if not f.endswith(".cs") or not os.path.exists(f): continue
    s = open(f, encoding="utf-8").read()
    s = re.sub(r"^namespace [\w.]+;", f"namespace {namespace_of(f)};", s, count=1, flags=re.M)
    if f.startswith(P): s = re.sub(r"^internal ", "public ", s, flags=re.M)
    open(f, "w", encoding="utf-8").write(s)
# own usings become global
own = re.compile(r"^using Serge\.Bot(\.[\w.]+)?;\n", re.M)
for f in subprocess.run(["git","ls-files","*.cs"],capture_output=True,text=True).stdout.split():
    if not os.path.exists(f) or f.startswith(("src/Serge.Bot.Discord/","src/Serge.Bot.Mastodon/","src/Serge.Bot.Catalogue/","src/Serge.Bot.Platforms/","src/Serge.Bot.Simulator/","src/Serge.Bot.On")): continue
    if f.startswith("tests/") and not f.startswith(("tests/Serge.Bot.Tests/","tests/Serge.Bot.EndToEnd/","tests/Serge.Bot.Benchmarks/")): continue
    s = open(f, encoding="utf-8").read()
    if f.startswith(("src/Serge.Bot/","src/Serge.Bot.Posting/","tests/Serge.Bot.Tests/")): t = own.sub("", s)
    else: t = own.sub(lambda m: m[0] if m[1] and re.match(r"\.(Simulator|Playground|EndToEnd|Discord|Mastodon|Catalogue|Platforms)", m[1]) else "", s)
    t = t.replace("using static Serge.Bot.Storage.Rows;", "using static Serge.Bot.Posting.Storage.ColumnValues;")
    t = t.lstrip("\n")
    if t != s: open(f, "w", encoding="utf-8").write(t)
