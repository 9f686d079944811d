/// How much there is of everything in a made-up history.
struct HistorySize: Sendable {
    /// The storm; the calm after it has days of its own.
    var days: Int
    /// So many things are done from outside.
    var acts: ClosedRange<Int>
    var clients: ClosedRange<Int>
    var assets: ClosedRange<Int>
    var jobs: ClosedRange<Int>
    /// Assets are of so many kinds, and each job is for one of them.
    var kinds = 1
    /// Where a season has one of something this has so many: assets that come or go at once, runs that a limit lets go.
    var times = 1
    /// A limit is so many times that of a season.
    var room = 1
    /// Whether jobs are due every few weeks, with a few that are due every day.
    var isSlow = false
    /// Whether jobs and assets that go are followed by others.
    var isRenewed = false
    /// Whether it is noted down what happens to each run, for comparing it with another history.
    var isTold = true

    /// A month and a half of a handful of assets.
    static let season = HistorySize(days: 45, acts: 8...20, clients: 1...3, assets: 2...9, jobs: 2...5)

    /// A fleet over years: what happens from outside is as frequent as in a season.
    static func fleet(days: Int, assets: Int, jobs: Int) -> HistorySize {
        HistorySize(
            days: days, acts: days / 3...days / 2, clients: 10...14, assets: assets...assets, jobs: jobs...jobs,
            kinds: max(2, jobs / 6), times: max(1, assets / 100), room: max(1, assets / 25),
            isSlow: true, isRenewed: true, isTold: false)
    }
}
