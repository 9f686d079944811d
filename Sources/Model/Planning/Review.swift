import Recurrence

extension TaskAction.Review {
    /// A line for each asset whose fact is older than it may be, the oldest first, and one for each whose fact
    /// is no date: what is not known cannot be called young.
    public func checklist(of assets: [Asset], on today: CivilDate) -> [String] {
        let limit = olderThan.limit(on: today)
        var old: [(date: CivilDate, line: String)] = []
        var unknown: [String] = []
        for asset in assets.sorted(by: { $0.name < $1.name }) where kinds.isEmpty || kinds.contains(asset.kind) {
            guard let text = asset.facts[fact], let date = CivilDate(text) else {
                unknown.append("\(asset.name) (\(asset.kind)): \(fact) is not known")
                continue
            }
            guard date < limit else { continue }
            let model = asset.facts["model"].map { ", \($0)" } ?? ""
            let age = Self.years(from: date, to: today)
            old.append((date, "\(asset.name) (\(asset.kind)\(model)): \(fact) \(date), \(age) old"))
        }
        return old.sorted { $0.date < $1.date }.map(\.line) + unknown
    }

    /// Why there is nothing to do.
    public var nothingFound: String { "no \(fact) date lies more than \(olderThan) back" }

    /// Whole years and tenths, in words.
    private static func years(from date: CivilDate, to today: CivilDate) -> String {
        let tenths = (today.daysSinceEpoch - date.daysSinceEpoch) * 100 / 3652
        return "\(tenths / 10).\(tenths % 10) years"
    }
}
