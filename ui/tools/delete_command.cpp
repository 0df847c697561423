// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/delete_command.h"

#include "editing/remove_outlines.h"
#include "editing/remove_vertices.h"
#include "ui/tools/command_parts.h"

#include <QCoreApplication>
#include <QLocale>

namespace nunatak::ui::tools {

namespace {

struct DeleteCommand {
    Q_DECLARE_TR_FUNCTIONS(DeleteCommand)

public:
    static Proposal run(const Scene& scene) {
        const Selection& selection = scene.selection();
        if (selection.only() != nullptr && !selection.vertices.empty()) {
            const auto& ref = *selection.only();
            Proposal proposal = onUnlocked(scene, [&] {
                return nunatak::editing::removeVertices(scene.draft(), ref, selection.vertices);
            });
            const auto count = selection.vertices.size();
            proposal.done = count == 1 ? tr("Vertex removed.")
                                       : tr("%1 vertices removed.").arg(QLocale().toString(count));
            return proposal;
        }
        Proposal proposal = onUnlocked(
            scene, [&] { return nunatak::editing::removeOutlines(scene.draft(), selection.outlines); });
        proposal.done = tr("%1 deleted.").arg(namesOf(scene));
        return proposal;
    }
};

} // namespace

ToolEntry deleteCommand() {
    return {"delete",
            "edit-delete",
            DeleteCommand::tr("&Delete"),
            DeleteCommand::tr("Remove the selected vertices, else the selected outlines, without a verdict"),
            QKeySequence(Qt::Key_Delete),
            {},
            &DeleteCommand::run};
}

} // namespace nunatak::ui::tools
