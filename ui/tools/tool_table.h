// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool.h"

#include <QKeySequence>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace nunatak::ui::tools {

/// A tool, or something that is done at once with what is selected: exactly one of `make` and `run`.
struct ToolEntry {
    const char* id;   ///< also its action's object name, and what the history records
    const char* icon; ///< of the Breeze theme
    QString text;     ///< of its menu item, with mnemonic
    QString tip;      ///< a sentence without full stop
    QKeySequence key;
    std::function<std::unique_ptr<Tool>()> make;
    std::function<Proposal(const Scene&)> run;
};

/// All there are, in the order of the strip; the first one is where Esc ends. Actions, strip, menu, F1 and
/// the table in docs/editing.md are made from it. In the language of now.
std::vector<ToolEntry> toolTable();

/// The table of docs/editing.md.
QString asMarkdown(const std::vector<ToolEntry>& table);

} // namespace nunatak::ui::tools
