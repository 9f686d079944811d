extension Window {
    /// The first opening that closes after a moment; nil where there is none within ten years.
    func opening(endingAfter time: Int64) -> Opening? {
        // What closes at the last second of all never closes: after it there is nothing.
        guard time < LocalTime.lastSecond else { return nil }
        let limit = min(time + WindowBase.farthest, RuleEngine.horizon)
        var from = time
        while from < limit, let stretch = base.first(endingAfter: from, before: limit) {
            guard let piece = piece(of: stretch, endingAfter: from) else {
                from = stretch.end
                continue
            }
            let lastStart = piece.end == ZoneTable.never ? piece.end : piece.end - cutoff
            if lastStart > piece.start {
                return Opening(opens: instant(piece.start), lastStart: instant(lastStart), closes: instant(piece.end))
            }
            from = piece.end
        }
        return nil
    }

    private func instant(_ time: Int64) -> Instant {
        min(max(Instant(seconds: time), .distantPast), .distantFuture)
    }

    /// What the excepted days leave of a stretch: the first part that ends after a moment.
    private func piece(of stretch: WindowBase.Stretch, endingAfter time: Int64) -> WindowBase.Stretch? {
        if closed.isEmpty { return stretch }
        let from = max(time, stretch.start)
        let today = date(from)
        guard let open = closed.nextOpen(onOrAfter: today) else { return nil }
        let start = open == today ? start(of: stretch, on: today) : zone.startOfDay(open).seconds
        guard start < stretch.end else { return nil }
        guard let next = closed.next(onOrAfter: open) else { return (start, stretch.end) }
        return (start, min(stretch.end, zone.startOfDay(next).seconds))
    }

    /// Where the part began that holds an open day: with the stretch, or after the last closed day before.
    private func start(of stretch: WindowBase.Stretch, on today: CivilDate) -> Int64 {
        var day = date(max(stretch.start, zone.startOfDay(today).seconds - WindowBase.farthest))
        var start = stretch.start
        while let next = closed.next(onOrAfter: day), next < today, let open = closed.nextOpen(onOrAfter: next) {
            start = max(start, zone.startOfDay(open).seconds)
            day = open
        }
        return start
    }

    private func date(_ time: Int64) -> CivilDate {
        CivilDate(daysSinceEpoch: CivilMath.split(time + zone.table.offset(at: time)).day)
    }
}
