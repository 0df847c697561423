// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/verdict_commands.h"

#include "editing/mark_reviewed.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/vertex_gestures.h"

#include <QCoreApplication>

namespace nunatak::ui::tools {

namespace {

struct Verdicts {
    Q_DECLARE_TR_FUNCTIONS(Verdicts)
};

Proposal say(const Scene& scene, outlines::Review review) {
    return verdictOn(scene, review, std::nullopt);
}

} // namespace

Proposal verdictOn(const Scene& scene, outlines::Review review, const std::optional<std::string>& note) {
    const Selection& now = scene.selection();
    Proposal proposal = onUnlocked(
        scene, [&] { return nunatak::editing::markReviewed(scene.draft(), now.outlines, review, note); });
    proposal.selection = now; // the next verdict is on the same
    if (review == outlines::Review::Removed) {
        proposal.done = Verdicts::tr("Marked as not a glacier: %1.").arg(namesInSentence(scene));
    }
    return proposal;
}

Proposal noteOn(const Scene& scene, const std::vector<outlines::OutlineRef>& outlines,
                const std::string& note) {
    Proposal proposal;
    std::vector<outlines::OutlineRef> there;
    for (const auto& ref : outlines) {
        if (scene.outline(ref) == nullptr) {
            continue; // deleted while somebody wrote
        }
        if (proposal.refusal = scene.lock(ref); !proposal.refusal.isEmpty()) {
            proposal.locked = ref;
            return proposal;
        }
        there.push_back(ref);
    }
    if (!there.empty()) {
        proposal = proposed([&] { return nunatak::editing::noteReview(scene.draft(), there, note); });
    }
    proposal.selection = scene.selection();
    return proposal;
}

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
            [](const Scene& scene, const Hand&) { return say(scene, outlines::Review::Removed); }};
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
