/// How the page of a forecast looks: on a screen by day and by night, and on paper.
enum ForecastStyle {
    static let sheet = """
        :root { color-scheme: light dark; --ink: #1c2530; --faint: #667585; --line: #dde3ea; --paper: #ffffff;
          --ground: #f4f6f9; --mark: #1f6feb; --bad: #b42318; --soft: #e8effb; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6ebf1; --faint: #93a1b1; --line: #2c3744; --paper: #161c24;
          --ground: #0f141a; --mark: #5b9dff; --bad: #ff8a7a; --soft: #1d2a3d; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 1120px; margin: 0 auto; padding: 32px 24px 64px; }
        h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; }
        h2 { font-size: 17px; margin: 0 0 12px; }
        p { margin: 0 0 12px; } .faint { color: var(--faint); }
        section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 20px;
          margin-top: 20px; }
        .figures { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 20px; }
        .figure { flex: 1 1 150px; background: var(--paper); border: 1px solid var(--line); border-radius: 10px;
          padding: 14px 18px; }
        .figure b { display: block; font-size: 24px; line-height: 1.2; } .figure span { color: var(--faint); }
        .figure.bad b { color: var(--bad); }
        table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: 7px 12px 7px 0;
          border-bottom: 1px solid var(--line); vertical-align: top; }
        th { color: var(--faint); font-weight: 600; font-size: 13px; } tr:last-child td { border-bottom: 0; }
        td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
        td.moment { white-space: nowrap; font-variant-numeric: tabular-nums; }
        .kind { display: inline-block; background: var(--soft); color: var(--bad); border-radius: 6px; padding: 0 8px;
          font-weight: 600; font-size: 13px; }
        svg { display: block; width: 100%; height: auto; } svg text { fill: var(--faint); font-size: 11px; }
        svg .name { fill: var(--ink); font-size: 12px; } svg .mark { fill: var(--mark); } svg .grid { stroke: var(--line); }
        svg .row { fill: var(--ground); }
        @media print { :root { --ground: #fff; } main { max-width: none; padding: 0; }
          section, .figure { break-inside: avoid; } section.long { break-inside: auto; } }
        """
}
