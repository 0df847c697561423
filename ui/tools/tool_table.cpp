// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/tool_table.h"

#include "ui/tools/delete_command.h"
#include "ui/tools/not_a_glacier_command.h"
#include "ui/tools/select_tool.h"

namespace nunatak::ui::tools {

std::vector<ToolEntry> toolTable() {
    return {
        selectTool(),
        deleteCommand(),
        notAGlacierCommand(),
    };
}

QString asMarkdown(const std::vector<ToolEntry>& table) {
    QString text = QStringLiteral("| key | tool | what it does |\n|---|---|---|\n");
    for (const ToolEntry& entry : table) {
        QString name = entry.text;
        text += QStringLiteral("| %1 | %2 | %3 |\n")
                    .arg(entry.key.toString(QKeySequence::PortableText), name.remove(QLatin1Char('&')),
                         entry.tip);
    }
    return text;
}

} // namespace nunatak::ui::tools
