// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/verdict_commands.h"

#include "editing/mark_reviewed.h"
#include "ui/tools/command_parts.h"

#include <QCoreApplication>

namespace nunatak::ui::tools {

namespace {

struct Verdicts {
    Q_DECLARE_TR_FUNCTIONS(Verdicts)
};

Proposal say(const Scene& scene, outlines::Review review) {
    const Selection& now = scene.selection();
    Proposal proposal = onUnlocked(
        scene, [&] { return nunatak::editing::markReviewed(scene.draft(), now.outlines, review); });
    proposal.selection = now; // the next verdict is on the same
    return proposal;
}

} // namespace

ToolEntry acceptCommand() {
    return {"acceptOutline",
            "dialog-ok-apply",
            Verdicts::tr("&Accept"),
            Verdicts::tr("Say that the selected outlines are right"),
            QKeySequence(Qt::Key_A),
            {},
            [](const Scene& scene, const Hand&) { return say(scene, outlines::Review::Accepted); }};
}

ToolEntry doubtfulCommand() {
    return {"doubtOutline",
            "question",
            Verdicts::tr("Mark as doub&tful"),
            Verdicts::tr("Say that the selected outlines are to be looked at again"),
            QKeySequence(Qt::Key_D),
            {},
            [](const Scene& scene, const Hand&) { return say(scene, outlines::Review::Doubtful); }};
}

ToolEntry notAGlacierCommand() {
    return {"notAGlacier",
            "dialog-cancel",
            Verdicts::tr("&Not a glacier"),
            Verdicts::tr("Say that the selected outlines are no glaciers: they stay visible, are not "
                         "handed in, and the model learns from it"),
            QKeySequence(Qt::Key_X),
            {},
            [](const Scene& scene, const Hand&) {
                Proposal proposal = say(scene, outlines::Review::Removed);
                proposal.done = Verdicts::tr("Marked as not a glacier: %1.").arg(namesInSentence(scene));
                return proposal;
            }};
}

ToolEntry notReviewedCommand() {
    return {"unreviewOutline",
            "edit-clear",
            Verdicts::tr("Not &reviewed"),
            Verdicts::tr("Say nothing of the selected outlines any more"),
            QKeySequence(Qt::SHIFT | Qt::Key_A),
            {},
            [](const Scene& scene, const Hand&) { return say(scene, outlines::Review::NotReviewed); }};
}

} // namespace nunatak::ui::tools
