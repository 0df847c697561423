// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/past_menu.h"

#include "editing/revert.h"
#include "outlines/outline_name.h"
#include "ui/base/format.h"
#include "ui/session/history_panel.h"
#include "ui/tools/refusal.h"

#include <QCoreApplication>

#include <memory>
#include <vector>

namespace nunatak::ui::editing {

namespace {

using nunatak::editing::Neighbours;
using nunatak::editing::Reverted;
using nunatak::editing::Then;

/// A menu that nobody can read to its end asks nothing: of more moments the last, and the first of all.
constexpr std::size_t mostMoments = 12;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PastMenu)
};

/// "2026-11-30 10:12 UTC".
std::string whenOf(const project::HistoryStep& step) {
    constexpr std::size_t day = 10;
    constexpr std::size_t minute = 16;
    return step.time.size() > minute
               ? step.time.substr(0, day) + " " + step.time.substr(day + 1, minute - day - 1) + " UTC"
               : std::string("its beginning");
}

bool haveSameAttributes(const outlines::Outline& a, const outlines::Outline& b) {
    return a.name == b.name && a.attributes == b.attributes;
}

tools::Proposal proposed(const tools::Scene& scene, const outlines::OutlineRef& ref, const Then& then,
                         Reverted what, Neighbours neighbours) {
    tools::Proposal proposal;
    if (proposal.refusal = scene.lock(ref); !proposal.refusal.isEmpty()) {
        proposal.locked = ref;
        return proposal;
    }
    try {
        proposal.edit = nunatak::editing::revertOutline(scene.draft(), ref, then, what, neighbours);
        proposal.done = text(proposal.edit->description) + QLatin1Char('.');
        if (what == Reverted::Attributes) {
            proposal.note = Words::tr("its name and attributes");
        }
    } catch (const Error& error) {
        tools::sayWhyNot(error, proposal);
    }
    return proposal;
}

} // namespace

tools::Menu pastMenu(const project::OutlinePast& past, const outlines::OutlineRef& outline,
                     Neighbours neighbours) {
    tools::Menu menu;
    menu.isQuestion = true;
    const auto& moments = past.moments;
    const outlines::Outline& now = *moments.front().outline;
    menu.heading = Words::tr("%1 as it was").arg(text(outlines::nameInSentence(now)));
    const auto add = [&](const QString& words, const std::shared_ptr<const Then>& then, Reverted what) {
        menu.items.push_back({"edit-undo-history", words,
                              [outline, then, what, neighbours](const tools::Scene& scene) {
                                  return proposed(scene, outline, *then, what, neighbours);
                              },
                              true});
    };
    const outlines::Outline* last = &now; // of what is offered
    std::size_t shown = 0;
    for (std::size_t i = 1; i < moments.size(); ++i) {
        const auto& moment = moments[i];
        const outlines::Outline& was = *moment.outline;
        const bool isLine = was.geometry != now.geometry;
        const bool areAttributes = !haveSameAttributes(was, now);
        const bool isLikeLast = was.geometry == last->geometry && haveSameAttributes(was, *last);
        const bool isFirst = i + 1 == moments.size();
        if (moment.step.undoes != 0 || isLikeLast || (!isLine && !areAttributes) ||
            (shown >= mostMoments && !isFirst)) {
            continue;
        }
        last = &was;
        ++shown;
        const auto then =
            std::make_shared<const Then>(Then{moment.outline, moment.beside, whenOf(moment.step)});
        QString words = moment.step.id == 0 ? Words::tr("As it came, before the history")
                                            : QStringLiteral("%1 · %2").arg(session::whenText(moment.step),
                                                                            text(moment.step.description));
        if (moment.isTakenBack) {
            words += Words::tr(" (taken back)");
        }
        if (isLine) {
            add(words, then, Reverted::Line);
        }
        if (areAttributes) {
            add(isLine ? Words::tr("%1, with name and attributes").arg(words)
                       : Words::tr("%1: name and attributes").arg(words),
                then, isLine ? Reverted::Both : Reverted::Attributes);
        }
    }
    return menu;
}

} // namespace nunatak::ui::editing
