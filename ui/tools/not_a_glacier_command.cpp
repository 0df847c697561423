// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/not_a_glacier_command.h"

#include "editing/mark_removed.h"
#include "ui/tools/command_parts.h"

#include <QCoreApplication>

namespace nunatak::ui::tools {

namespace {

struct NotAGlacierCommand {
    Q_DECLARE_TR_FUNCTIONS(NotAGlacierCommand)

public:
    static Proposal run(const Scene& scene) {
        const auto& selected = scene.selection().outlines;
        Proposal proposal =
            onUnlocked(scene, [&] { return nunatak::editing::markRemoved(scene.draft(), selected); });
        proposal.done = tr("%1: not a glacier.").arg(namesOf(scene));
        return proposal;
    }
};

} // namespace

ToolEntry notAGlacierCommand() {
    return {
        "notAGlacier",
        "dialog-cancel",
        NotAGlacierCommand::tr("&Not a glacier"),
        NotAGlacierCommand::tr("Say that the selected outlines are no glaciers: they stay visible, are not "
                               "handed in, and the model learns from it"),
        QKeySequence(Qt::Key_X),
        {},
        &NotAGlacierCommand::run};
}

} // namespace nunatak::ui::tools
