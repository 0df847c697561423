// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/tool_table.h"

#include "ui/tools/brush_tool.h"
#include "ui/tools/buffer_tool.h"
#include "ui/tools/delete_command.h"
#include "ui/tools/generalise_tools.h"
#include "ui/tools/hole_tool.h"
#include "ui/tools/merge_command.h"
#include "ui/tools/new_glacier_tool.h"
#include "ui/tools/part_tools.h"
#include "ui/tools/path_tools.h"
#include "ui/tools/redraw_tool.h"
#include "ui/tools/scribble_tool.h"
#include "ui/tools/select_tool.h"
#include "ui/tools/split_tool.h"
#include "ui/tools/take_here_tool.h"
#include "ui/tools/verdict_commands.h"

#include <algorithm>

namespace nunatak::ui::tools {

namespace {

QString row(const QKeySequence& key, QString name, const QString& tip) {
    return QStringLiteral("| %1 | %2 | %3 |\n")
        .arg(key.toString(QKeySequence::PortableText), name.remove(QLatin1Char('&')), tip);
}

} // namespace

std::vector<ToolEntry> toolTable() {
    return {
        selectTool(),         redrawTool(),    brushTool(),      scribbleTool(),    newGlacierTool(),
        holeTool(),           drawLineTool(),  placePointTool(), splitTool(),       partTool(),
        simplifyTool(),       smoothTool(),    bufferTool(),     takeHereTool(),    mergeCommand(),
        partsCommand(),       deleteCommand(), acceptCommand(),  doubtfulCommand(), notAGlacierCommand(),
        notReviewedCommand(),
    };
}

std::vector<Option> optionsOf(const std::vector<ToolEntry>& table) {
    std::vector<Option> options;
    for (const ToolEntry& entry : table) {
        for (const Option& option : entry.options) {
            const auto isThis = [&](const Option& known) {
                return QLatin1String(known.id) == QLatin1String(option.id);
            };
            if (std::none_of(options.begin(), options.end(), isThis)) {
                options.push_back(option);
            }
        }
    }
    return options;
}

QString asMarkdown(const std::vector<ToolEntry>& table) {
    QString text = QStringLiteral("| key | tool | what it does |\n|---|---|---|\n");
    for (const ToolEntry& entry : table) {
        text += row(entry.key, entry.text, entry.tip);
    }
    for (const Option& option : optionsOf(table)) {
        text += row(option.key, option.text + QStringLiteral(": ") + option.values.join(QStringLiteral(", ")),
                    option.tip);
    }
    return text;
}

} // namespace nunatak::ui::tools
