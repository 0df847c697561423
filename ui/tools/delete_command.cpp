// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/delete_command.h"

#include "editing/remove_outlines.h"
#include "editing/remove_vertices.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/neighbours_option.h"

#include <QCoreApplication>

namespace nunatak::ui::tools {

namespace {

struct DeleteCommand {
    Q_DECLARE_TR_FUNCTIONS(DeleteCommand)

public:
    static Proposal run(const Scene& scene, const Hand& hand) {
        Selection selection = scene.selection();
        if (selection.only() != nullptr && selection.vertices.empty() && hand.lit) {
            selection.vertices = {*hand.lit}; // what is lit is meant, not the glacier
        }
        if (selection.only() != nullptr && !selection.vertices.empty()) {
            const auto& ref = *selection.only();
            Proposal proposal = onUnlocked(scene, [&] {
                return nunatak::editing::removeVertices(scene.draft(), ref, selection.vertices,
                                                        chosenNeighbours(hand.chosen));
            });
            // Of what keeps too few vertices nothing is left.
            const bool isGone = proposal.edit && !proposal.edit->changes.empty() &&
                                proposal.edit->changes.front().after == nullptr;
            proposal.done = isGone ? tr("%1 deleted.").arg(namesOf(scene))
                                   : tr("%1 removed.").arg(verticesText(selection.vertices.size()));
            return proposal;
        }
        Proposal proposal = onUnlocked(
            scene, [&] { return nunatak::editing::removeOutlines(scene.draft(), selection.outlines); });
        proposal.done = tr("%1 deleted.").arg(namesOf(scene));
        return proposal;
    }

    static QString textNow(const Scene& scene) {
        const Selection& selection = scene.selection();
        if (selection.empty()) {
            return tr("&Delete");
        }
        return tr("&Delete %1").arg(selection.vertices.empty() ? namesInSentence(scene) : verticesOf(scene));
    }
};

} // namespace

ToolEntry deleteCommand() {
    return {"delete",
            "edit-delete",
            DeleteCommand::tr("&Delete"),
            DeleteCommand::tr(
                "Remove the selected vertices, or the lit one, else the selected outlines, without a "
                "verdict"),
            QKeySequence(Qt::Key_Delete),
            {},
            &DeleteCommand::run,
            {},
            &DeleteCommand::textNow,
            true};
}

} // namespace nunatak::ui::tools
