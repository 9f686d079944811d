#!/usr/bin/env python3
"""Makes recurrence cases from a seed, with the answers of python-dateutil (rrule), cronsim (cron) and numpy (moves to
business days).

    make.py SEED COUNT FOLDER      writes FOLDER/rrule.jsonl, FOLDER/cron.jsonl and FOLDER/moves.jsonl

What these libraries are known to get wrong, or leave to chance, is not asked (see docs/recurrence.md):
dateutil joins `BYDAY=MO,2TU` by "and", and numbers the last week of some years wrongly; cronsim fires in a skipped
midnight that its hours do not name, and forgets which of two equal times it stands at.
"""

import itertools
import json
import random
import signal
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy
from cronsim import CronSim, CronSimError
from dateutil.rrule import rruleset, rrulestr

ZONES = [
    "UTC", "America/New_York", "America/Vancouver", "America/Sao_Paulo", "America/St_Johns", "America/Havana",
    "Europe/London", "Europe/Dublin", "Africa/Casablanca", "Africa/Cairo", "Asia/Gaza", "Asia/Kathmandu",
    "Asia/Tehran", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Chatham", "Antarctica/Troll", "Asia/Beirut",
]

class TooLong(Exception):
    """Both libraries walk: a rule that fires rarely, or never, would keep them for hours."""


def give_up(*_):
    raise TooLong


# Where clocks are put on at midnight, or not by whole hours at whole hours, cronsim loses what follows.
LOST = [
    "America/Sao_Paulo", "America/Havana", "Africa/Cairo", "Asia/Beirut", "Pacific/Chatham", "Australia/Lord_Howe",
]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def stamp(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def written(local):
    return local.strftime("%Y-%m-%dT%H:%M:%S")


def some(rng, values, most):
    return sorted(rng.sample(list(values), rng.randint(1, most)))


def joined(values):
    return ",".join(map(str, values))


def rule(rng, start):
    frequency = rng.choice(["YEARLY", "MONTHLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"])
    parts = [f"FREQ={frequency}"]
    within = frequency in ("HOURLY", "MINUTELY", "SECONDLY")
    if rng.random() < 0.5:
        parts.append(f"INTERVAL={rng.choice([2, 3, 4, 5, 7, 11, 18, 25, 40, 90, 1441])}")
    if rng.random() < 0.35:
        parts.append(f"BYMONTH={joined(some(rng, range(1, 13), 4))}")
    chosen = False
    if frequency in ("YEARLY", "MONTHLY", "DAILY") and rng.random() < 0.35:
        days = [d if rng.random() < 0.7 else -d for d in some(rng, range(1, 32), 4)]
        parts.append(f"BYMONTHDAY={joined(days)}")
        chosen = True
    if frequency == "YEARLY" and rng.random() < 0.15:
        parts.append(f"BYYEARDAY={joined([d if rng.random() < 0.7 else -d for d in some(rng, range(1, 367), 4)])}")
        chosen = True
    elif frequency == "YEARLY" and rng.random() < 0.2 and not chosen:
        parts.append(f"BYWEEKNO={joined(some(rng, range(2, 52), 3))}")
        chosen = True
        if rng.random() < 0.7:
            parts.append(f"BYDAY={joined(rng.sample(DAYS, rng.randint(1, 3)))}")
    if not any(p.startswith("BYWEEKNO") for p in parts) and rng.random() < 0.5:
        if frequency in ("YEARLY", "MONTHLY") and rng.random() < 0.6:
            parts.append("BYDAY=" + joined(f"{rng.choice([1, 2, 3, 4, 5, -1, -2])}{d}" for d in rng.sample(DAYS, 2)))
        else:
            parts.append(f"BYDAY={joined(rng.sample(DAYS, rng.randint(1, 5)))}")
        chosen = True
    if rng.random() < 0.3:
        parts.append(f"BYHOUR={joined(some(rng, range(24), 4))}")
        chosen = chosen or not within or frequency == "HOURLY"
    if rng.random() < 0.25:
        parts.append(f"BYMINUTE={joined(some(rng, [0, 15, 30, 45, 59, 7], 3))}")
    if rng.random() < 0.1:
        parts.append(f"BYSECOND={joined(some(rng, [0, 20, 40, 59], 3))}")
    if chosen and rng.random() < 0.3:
        parts.append(f"BYSETPOS={joined(rng.sample([1, 2, 3, -1, -2], rng.randint(1, 2)))}")
    if rng.random() < 0.3:
        parts.append(f"WKST={rng.choice(DAYS)}")
    if rng.random() < 0.15:
        parts.append(f"COUNT={rng.randint(1, 6)}")
    elif rng.random() < 0.15:
        until = start + timedelta(days=rng.randint(0, 1500), minutes=rng.randint(0, 1440))
        parts.append("UNTIL=" + until.strftime("%Y%m%dT%H%M%S"))
    return ";".join(parts)


def resolve(local, zone):
    """With the offset before a gap, as the first of two: what fold=0 means."""
    return local.replace(tzinfo=zone, fold=0).astimezone(timezone.utc)


def changes(zone, moment):
    """Whether the clock is changed within a day of a moment."""
    offsets = {(moment + timedelta(days=d)).astimezone(ZoneInfo(zone)).utcoffset() for d in (-1, 0, 1)}
    return len(offsets) > 1


def exceptions(rng, text, start):
    """Some of the rule's own times to leave out, and times besides: RFC 5545's EXDATE and RDATE."""
    own = list(itertools.islice(rrulestr(text, dtstart=start), 9))
    if not own or rng.random() < 0.6:
        return [], []
    besides = [rng.choice(own) + timedelta(minutes=15 * rng.randint(-300, 300)) for _ in range(rng.randint(0, 4))]
    return besides, [moment for moment in own + besides if rng.random() < 0.3]


def rrule_case(rng):
    zone = rng.choice(ZONES)
    start = datetime(rng.randint(2018, 2027), rng.randint(1, 12), rng.randint(1, 28)) + timedelta(
        minutes=rng.choice([0, 15, 30, 60, 90, 120, 135, 150, 165, 180, 540, 1080, 1410]))
    text = rule(rng, start)
    count = 8
    try:
        including, excluding = exceptions(rng, text, start)
        times = rruleset()
        times.rrule(rrulestr(text, dtstart=start))
        for moment in including:
            times.rdate(moment)
        for moment in excluding:
            times.exdate(moment)
        found, walked, local, ended = set(), 0, start, True
        for local in times:
            walked += 1
            # What a gap moves comes after what follows it: enough more are looked at to put them in order.
            if walked > count + 150 or local.year > 2200:
                ended = False
                break
            found.add(resolve(local, ZoneInfo(zone)))
    except ValueError:
        return None
    if not found:
        return None
    near = sorted(found)[:count][-1]
    if not ended and changes(zone, near) and resolve(local, ZoneInfo(zone)) < near + timedelta(hours=4):
        return None
    # Of two named times that are one moment, leaving one out is not asked.
    if any(changes(zone, resolve(moment, ZoneInfo(zone))) for moment in including + excluding):
        return None
    case = {"rrule": text, "start": written(start), "zone": zone,
            "count": min(count, len(found)), "expect": [stamp(m) for m in sorted(found)[:count]]}
    if including or excluding:
        case |= {"including": list(map(written, including)), "excluding": list(map(written, excluding))}
    return case


MOVED = [
    "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=1,15", "FREQ=WEEKLY;BYDAY=SA,WE", "FREQ=DAILY;INTERVAL=4",
    "FREQ=MONTHLY;BYDAY=2TU", "FREQ=YEARLY;BYMONTH=4,12;BYMONTHDAY=3,25", "FREQ=DAILY", "FREQ=YEARLY;BYYEARDAY=-1",
]


def move_case(rng):
    """Dates moved to business days, as numpy's calendar for businesses moves each of them."""
    start = datetime(2026, 1, 1) + timedelta(days=rng.randrange(300), minutes=30 * rng.randrange(48))
    text, weekmask = rng.choice(MOVED), rng.choice(["1111100", "1111100", "1111001", "0010000"])
    holidays = sorted({str((datetime(2026, 1, 1) + timedelta(days=rng.randrange(900))).date())
                       for _ in range(rng.randrange(15))})
    count = rng.choice([1, 2, 3, 10, 40])
    move, offset, roll = rng.choice([
        ("on or before", 0, "backward"), ("on or after", 0, "forward"), (f"{count} before", -count, "forward"),
        (f"{count} after", count, "backward")])
    own = list(itertools.islice(rrulestr(text, dtstart=start), 400))
    days = numpy.busday_offset([moment.date() for moment in own], offset, roll=roll, weekmask=weekmask,
                               holidays=holidays)
    found = sorted({datetime.combine(day, moment.time()) for day, moment in zip(days.astype(object), own)})[:20]
    return {"rrule": text, "start": written(start), "move": move, "weekmask": weekmask, "holidays": holidays,
            "expect": list(map(written, found))}


def cron_field(rng, low, high, names=None):
    kind = rng.random()
    if kind < 0.35:
        return "*"
    if kind < 0.5:
        return f"*/{rng.choice([2, 3, 4, 5, 7, 10, 15, 20])}"
    if kind < 0.75:
        return joined(some(rng, range(low, high + 1), 3))
    first, last = sorted(rng.sample(range(low, high + 1), 2))
    return f"{first}-{last}" + (f"/{rng.randint(2, 4)}" if rng.random() < 0.3 else "")


def cron_case(rng):
    minute, hour = cron_field(rng, 0, 59), cron_field(rng, 0, 23)
    if rng.random() < 0.5:
        hour = joined(some(rng, range(0, 5), 3))
    day = rng.choice(["*", "*", "*", "L", "LW", cron_field(rng, 1, 31), cron_field(rng, 1, 31)])
    weekday = rng.choice(["*", "*", "*", cron_field(rng, 0, 7), f"{rng.randint(0, 7)}#{rng.randint(1, 5)}",
                          f"{rng.randint(0, 6)}L", "MON-FRI"])
    text = f"{minute} {hour} {day} {cron_field(rng, 1, 12) if rng.random() < 0.4 else '*'} {weekday}"
    zone = rng.choice(ZONES)
    if zone in LOST and "*" in (minute[0], hour[0]):
        return None
    tz = ZoneInfo(zone)
    # Near the weekends at which clocks change, more often than not.
    after = datetime(rng.randint(2020, 2027), rng.choice([2, 3, 3, 4, 9, 10, 10, 11]), rng.randint(1, 28),
                     rng.randint(0, 23), rng.randint(0, 59), tzinfo=timezone.utc)
    if after.astimezone(tz).fold:
        return None
    try:
        found = []
        for moment in CronSim(text, after.astimezone(tz)):
            if len(found) == 8:
                break
            # What it gives for a time that does not exist, or for hours that it should not name, is left out.
            found.append(moment.astimezone(timezone.utc))
            local = moment.astimezone(timezone.utc).astimezone(tz)
            if moment.replace(tzinfo=None) != local.replace(tzinfo=None):
                return None
    except (CronSimError, StopIteration):
        return None
    if len(found) < 8 or found != sorted(set(found)) or found[0] <= after:
        return None
    return {"cron": text, "zone": zone, "after": stamp(after), "count": 8, "expect": [stamp(m) for m in found]}


def main():
    seed, count, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    print(f"seed {seed}, {count} cases of each into {folder}")
    signal.signal(signal.SIGALRM, give_up)
    for name, make in (("rrule", rrule_case), ("cron", cron_case), ("moves", move_case)):
        rng, made = random.Random(f"{seed}-{name}"), 0
        with open(f"{folder}/{name}.jsonl", "w", encoding="ascii") as file:
            while made < count:
                signal.setitimer(signal.ITIMER_REAL, 0.3)
                try:
                    case = make(rng)
                except TooLong:
                    case = None
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
                if case:
                    file.write(json.dumps(case) + "\n")
                    made += 1


if __name__ == "__main__":
    main()
