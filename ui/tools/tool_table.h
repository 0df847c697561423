// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool.h"

#include <QKeySequence>
#include <QString>
#include <QStringList>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace nunatak::ui::tools {

/// Something of a tool that is chosen: it stands in the pill while the tool is in the hand. Tools that name
/// the same option share what was chosen.
struct Option {
    const char* id; ///< also its action's object name
    QString text;   ///< "Magnet"
    QString tip;    ///< a sentence without full stop
    QKeySequence key;
    QStringList values;   ///< the key goes to the next one, and from the last to the first
    int usual = 0;        ///< which of them holds at first
    bool byWheel = false; ///< Shift and the wheel choose, too, and stop at both ends
    QStringList tips{};   ///< what each value means, a sentence without full stop; empty: they say it
    /// The tool that its key takes up where the one in the hand has no such option; null: the key does
    /// nothing there.
    const char* home = nullptr;
};

/// What a hand is about as it does something at once.
struct Hand {
    std::map<QString, int> chosen{};    ///< of options, by id
    std::optional<geo::VertexId> lit{}; ///< of the selected outline: a press would take it
};

/// A tool, or something that is done at once with what is selected: exactly one of `make` and `run`.
struct ToolEntry {
    const char* id;   ///< also its action's object name, and what the history records
    const char* icon; ///< of the Breeze theme
    QString text;     ///< of its menu item, with mnemonic
    QString tip;      ///< a sentence without full stop
    QKeySequence key;
    std::function<std::unique_ptr<Tool>()> make;
    std::function<Proposal(const Scene&, const Hand&)> run;
    std::vector<Option> options{};
    /// What its menu item says as things are; none: `text`.
    std::function<QString(const Scene&)> textNow{};
    /// Of what is done at once: while a tool has begun a line, its key takes the line's last point instead.
    bool takesPointBack = false;
};

/// All there are, in the order of the strip; the first one is where Esc ends. Actions, strip, menu, F1 and
/// the table in docs/editing.md are made from it. In the language of now.
std::vector<ToolEntry> toolTable();

/// The options of a table, each once.
std::vector<Option> optionsOf(const std::vector<ToolEntry>& table);

/// The table of docs/editing.md.
QString asMarkdown(const std::vector<ToolEntry>& table);

} // namespace nunatak::ui::tools
