import Model
import Recurrence

/// Windows that never open, and jobs that fit no opening of theirs.
extension ManifestCheck {
    mutating func check(_ window: WindowRule, _ document: Document) {
        checkCalendars(window.except, "except", document)
        let clients = clients(for: window)
        if let opens = window.opens,
            !checkSchedule(opens, for: askedOf(opens, clients, zone: window.timezone), "opens", document)
        {
            return
        }
        for client in clients {
            let answer = fits.answer(
                window, for: client, lasting: .zero, calendars: catalogue.calendars, now: now)
            guard tell(answer, of: window, for: client, document) else { break }
        }
        checkJobs(of: window, document)
    }

    /// - Returns: whether to go on with other clients.
    private mutating func tell(
        _ answer: WindowFits.Answer, of window: WindowRule, for client: Client, _ document: Document
    ) -> Bool {
        let path = window.opens == nil ? "outside" : "opens"
        switch answer {
        case .fits, .unknown: return true
        case .neverOpens, .tooShort:
            let whom = catalogue.clients[client.name] == nil ? "" : " for \(client.name)"
            refuse(
                document, path, "window '\(window.name)' never opens\(whom)",
                hint: "its cutoff takes all of it, or what it excepts does")
        case .refused(let message, let hint):
            let isCutoff = (window.cutoff ?? Span()).elapsed >= (window.duration ?? Span()).elapsed
            refuse(document, isCutoff && window.cutoff != nil ? "cutoff" : path, message, hint: hint)
        }
        return false
    }

    /// Jobs that are known already, and which a change of their window may have left without an opening.
    private mutating func checkJobs(of window: WindowRule, _ document: Document) {
        let own = Set(documents.filter { $0.definition.kind == .job }.map(\.definition.name))
        for job in catalogue.jobs.values.sorted(by: { $0.name < $1.name })
        where job.window == window.name && !own.contains(job.name) {
            for client in catalogue.clients(of: job) {
                let answer = fits.answer(
                    window, for: client, lasting: job.action.longest, calendars: catalogue.calendars, now: now)
                guard case .tooShort(let longest) = answer else { continue }
                refuse(
                    document, window.duration == nil ? "outside" : "duration",
                    "job '\(job.name)' no longer fits into window '\(window.name)' for \(client.name)",
                    hint: WindowFits.Answer.hint(longest))
                break
            }
        }
    }

    mutating func checkFit(_ job: Job, _ document: Document) {
        guard let name = job.window, let window = catalogue.windows[name] else { return }
        for client in catalogue.clients(of: job) {
            let answer = fits.answer(
                window, for: client, lasting: job.action.longest, calendars: catalogue.calendars, now: now)
            guard case .tooShort(let longest) = answer else { continue }
            let timeout = Span(seconds: job.action.longest.components.seconds)
            return refuse(
                document, "action.exec.timeout",
                "'timeout' (\(timeout)) fits no opening of window '\(name)' for \(client.name)",
                hint: WindowFits.Answer.hint(longest))
        }
    }

    /// Those for whom it can be open at different times. Where there is none yet, one in UTC stands in for a window
    /// that does not open by their business hours.
    private func clients(for window: WindowRule) -> [Client] {
        let isTheirs = window.timezone == nil || window.opens?.businessDay != nil
        if window.outside == nil, !isTheirs || catalogue.clients.isEmpty {
            return [Client(name: "", timezone: window.timezone ?? "UTC")]
        }
        return catalogue.clients.values.sorted { $0.name < $1.name }
    }
}
