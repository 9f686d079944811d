/// What is not the same in two catalogues, as far as the planning of a job for a client is concerned.
struct CatalogueChanges {
    private let before: Catalogue
    private let after: Catalogue
    /// Clients whose assets have changed, come or gone.
    private let owners: Set<String>

    init(from before: Catalogue, to after: Catalogue) {
        self.before = before
        self.after = after
        var owners: Set<String> = []
        for name in Set(before.assets.keys).union(after.assets.keys) where before.assets[name] != after.assets[name] {
            owners.formUnion([before.assets[name], after.assets[name]].compactMap { $0?.client })
        }
        self.owners = owners
    }

    func concern(_ job: Job, _ client: Client) -> Bool {
        if before.jobs[job.name] != job || before.clients[client.name] != client || owners.contains(client.name) {
            return true
        }
        guard let name = job.window else { return false }
        guard let window = after.windows[name], before.windows[name] == window else { return true }
        return window.calendars(for: client).contains { before.calendars[$0] != after.calendars[$0] }
    }
}
