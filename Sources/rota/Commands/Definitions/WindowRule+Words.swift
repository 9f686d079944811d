import Model

extension WindowRule {
    /// In plain English, as far as it can be said without a client: `opens at 02:00 every Sunday, each client's time,
    /// for three hours; nothing starts in the last 45 minutes; closed on the days of year-end`.
    var inWords: String {
        var text = "open outside of each client's business hours"
        if let opens { text = "opens \(opens.inWords)" + (duration.map { ", for \($0.inWords)" } ?? "") }
        if let cutoff { text += "; nothing starts in the last \(cutoff.inWords)" }
        if let except = Listing.joined(except) { text += "; closed on the days of \(except)" }
        return text
    }
}
