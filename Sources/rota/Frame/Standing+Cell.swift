import Model

extension Table.Cell {
    /// Where a run stands, in a word or two: `held (window)`.
    static func state(_ standing: Standing) -> Table.Cell {
        switch standing {
        case .held(let hold, _, _, _): Table.Cell("held (\(hold.rawValue))", style: .warning)
        case .leased, .ready: Table.Cell(standing.state.rawValue)
        case .waiting: Table.Cell(standing.state.rawValue, style: .warning)
        case .done(.succeeded, _, _, _): Table.Cell(RunState.succeeded.rawValue, style: .good)
        case .done(.failed, _, _, _), .done(.missed, _, _, _): Table.Cell(standing.state.rawValue, style: .bad)
        case .done: Table.Cell(standing.state.rawValue)
        }
    }
}

extension Standing {
    /// What is to say of it beyond the state; nil where that says it all.
    var words: String? {
        switch self {
        case .held(_, let why, _, _): why
        case .leased(_, _, cancelAsked: true): "asked to cancel"
        case .leased, .ready: nil
        case .waiting(let assignee, _, _): assignee.map { "for \($0)" } ?? "to be acknowledged"
        case .done(_, _, let reason, let actor):
            [reason, actor.map { "by \($0)" }].compactMap { $0 }.joined(separator: ", ").nonEmpty
        }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
