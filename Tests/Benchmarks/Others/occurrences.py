"""Measures python-dateutil, cronsim and croniter, as far as they are there, on the rules of cases.tsv.

Prints lines of tool, kind, case, nanoseconds of processor time for each occurrence, and the sum of the moments."""

import sys
import time
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Vancouver")
START = datetime(2026, 1, 13, 2, 0, tzinfo=ZONE)
BEFORE = datetime(2026, 1, 13, 1, 59, 59, tzinfo=ZONE)


def dateutil(rule, count):
    from dateutil.rrule import rrulestr

    made = rrulestr(rule, dtstart=START)
    # Only with its timestamp has the local time met the zone.
    return lambda: sum(int(at.timestamp()) for at in islice(made, count))


def cronsim(rule, count):
    from cronsim import CronSim

    return lambda: sum(int(at.timestamp()) for at in islice(CronSim(rule, BEFORE), count))


def croniter(rule, count):
    from croniter import croniter as Croniter

    def run():
        moments = Croniter(rule, BEFORE, ret_type=float)
        return sum(int(moments.get_next()) for _ in range(count))

    return run


def measure(run, count):
    checksum = run()
    samples = []
    for _ in range(5):
        repeats, before = 0, time.process_time_ns()
        while repeats == 0 or time.process_time_ns() - before < 50_000_000:
            run()
            repeats += 1
        samples.append((time.process_time_ns() - before) / (repeats * count))
    return sorted(samples)[2], checksum


def main():
    tools = {"rrule": [("dateutil", dateutil)], "cron": [("cronsim", cronsim), ("croniter", croniter)]}
    missing = set()
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            kind, name, count, rule, _ = line.rstrip("\n").split("\t")
            for tool, make in tools[kind]:
                try:
                    run = make(rule, int(count))
                except ImportError:
                    missing.add(tool)
                    continue
                nanoseconds, checksum = measure(run, int(count))
                print(tool, kind, name, nanoseconds, checksum, sep="\t", flush=True)
    for tool in sorted(missing):
        print(f"bench-recurrence: no {tool}: it is skipped", file=sys.stderr)


main()
