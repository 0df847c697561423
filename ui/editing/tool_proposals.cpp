// SPDX-License-Identifier: GPL-3.0-or-later
// What tools propose: drawn, said and done.
#include "ui/editing/hint_line.h"
#include "ui/editing/pointer_note.h"
#include "ui/editing/tool_host.h"
#include "ui/editing/tool_pill.h"

#include <QScopedValueRollback>
#include <QStringList>

#include <algorithm>
#include <utility>

namespace nunatak::ui::editing {

using tools::Proposal;
using tools::Selection;

namespace {

/// What an edit does to the outlines that are selected afterwards, else all of it: a shared line gives to one
/// what it takes from the other, and it is the one in the hand that counts.
nunatak::editing::Edit ofTheHand(const Proposal& proposal) {
    const auto& edit = *proposal.edit;
    if (proposal.selection && proposal.selection->outlines.size() > 1) {
        nunatak::editing::Edit ofSelected{edit.description, {}, edit.then, edit.tool};
        for (const auto& change : edit.changes) {
            const auto& uuid = (change.after ? change.after : change.before)->uuid;
            if (proposal.selection->contains({change.layer, uuid})) {
                ofSelected.changes.push_back(change);
            }
        }
        return ofSelected;
    }
    for (const auto& change : edit.changes) {
        if (edit.then && change.layer == edit.then->layer && change.after &&
            change.after->uuid == edit.then->uuid) {
            return {edit.description, {change}, edit.then, edit.tool};
        }
    }
    return edit;
}

/// The window draws so much of what is worked out without a break.
constexpr std::size_t mostDrawn = 40000;

std::size_t verticesOf(const nunatak::editing::Edit& edit) {
    std::size_t count = 0;
    for (const auto& change : edit.changes) {
        count += change.after ? change.after->vertices() : 0;
    }
    return count;
}

} // namespace

void ToolHost::carryOut(const std::function<Proposal(const tools::Scene& scene)>& run, const QString& tool) {
    const auto isThis = [&](const tools::ToolEntry& entry) { return QLatin1String(entry.id) == tool; };
    const auto command = std::find_if(m_table.begin(), m_table.end(), isThis);
    if (command != m_table.end() && !command->make && refusesWhileBegun()) {
        return; // of the selection, which a line that was begun may be about
    }
    perform(run(m_scene), tool.isEmpty() ? m_current : tool, pointer());
    stand();
}

void ToolHost::preview(const std::function<Proposal(const tools::Scene& scene)>& run, QPointF place) {
    show(run(m_scene), place);
    m_isPreviewing = true;
}

void ToolHost::endPreview() {
    if (m_isPreviewing) {
        m_note->hide();
        stand();
    }
}

void ToolHost::show(const Proposal& proposal, QPointF pointer) {
    m_drawn.show(proposal);
    m_working.isDrawn = false;
    if (proposal.edit) {
        m_pill->showAreas(m_areas.standText(*proposal.edit, m_scene.selection()));
    } else if (!m_gesture && !m_nudge) { // of a drag the last that was possible stays drawn
        m_pill->showAreas({});
    }
    if (!proposal.hint.isEmpty()) {
        m_hint->say(proposal.hint);
    }
    if (!proposal.refusal.isEmpty()) {
        m_note->say(proposal.refusal, PointerNote::Kind::Refusal, pointer);
        return;
    }
    QStringList words(proposal.note);
    if (proposal.edit && (proposal.note.isEmpty() || proposal.change != Proposal::Change::None)) {
        words << m_areas.changeText(proposal.change == Proposal::Change::OfAll ? *proposal.edit
                                                                               : ofTheHand(proposal));
    }
    words.removeAll(QString());
    if (words.isEmpty()) {
        m_note->hide();
    } else {
        m_note->say(words.join(QStringLiteral(" · ")), PointerNote::Kind::Note, pointer);
    }
}

void ToolHost::stand() {
    const auto standing = m_tool->standing(m_scene);
    m_isPreviewing = false;
    {
        const QScopedValueRollback isStanding(m_isStanding, true);
        want(standing.proposal.work);
    }
    drawStanding(standing);
    const auto& known = m_working.known;
    m_hint->say(known && !known->hint.isEmpty() ? known->hint : standing.hint);
    m_pill->setOptionsShown(standing.takesOptions);
    m_place = standing.place;
    showPlace();
    Q_EMIT standingChanged();
}

void ToolHost::drawStanding(const tools::Standing& standing) {
    const auto& known = m_working.known;
    QStringList words(standing.subject);
    if (!m_working.wanted) {
        m_drawn.clear(standing.proposal);
    } else if (!known) {
        words << tr("…"); // what was drawn for another value stays so long
    } else {
        const bool isTooLarge = known->edit && verticesOf(*known->edit) > mostDrawn;
        if (!std::exchange(m_working.isDrawn, true)) {
            Proposal drawn = *known;
            if (isTooLarge) {
                drawn.edit.reset();
            }
            m_drawn.clear(drawn);
        }
        words << (known->refusal.isEmpty() ? known->note : known->refusal);
        if (known->edit) {
            words << m_areas.changeText(ofTheHand(*known));
        }
        if (isTooLarge) {
            words << tr("too many to draw before");
        }
    }
    const auto& edit = known ? known->edit : standing.proposal.edit;
    m_pill->showAreas(edit ? m_areas.standText(*edit, m_scene.selection()) : QString());
    words.removeAll(QString());
    m_pill->say(words.join(QStringLiteral(" · ")));
}

bool ToolHost::end(const Proposal& proposal, QPointF pointer) {
    const bool isDone = perform(proposal, m_current, pointer);
    if (isDone) {
        m_note->hide(); // of what would have been done
    }
    m_tool->ended(isDone);
    stand();
    return isDone;
}

bool ToolHost::perform(const Proposal& proposal, const QString& id, QPointF pointer) {
    m_wasUsed = true;
    if (!proposal.refusal.isEmpty()) {
        m_note->sayBriefly(proposal.refusal, PointerNote::Kind::Refusal, pointer);
        if (proposal.locked) {
            Q_EMIT lockedTaken(*proposal.locked);
        }
        return false;
    }
    if (proposal.work != nullptr) {
        want(proposal.work);
        m_working.isToBeDone = !m_working.known;
        return m_working.known && perform(Proposal(*m_working.known), id, pointer);
    }
    if (proposal.ask != nullptr) {
        tools::Menu question = *proposal.ask;
        for (auto& item : question.items) {
            item.tool = id; // whatever is in the hand when it is answered
        }
        Q_EMIT menuRequested(question, pointer);
        return false;
    }
    auto edit = proposal.edit.value_or(nunatak::editing::Edit());
    edit.changes.insert(edit.changes.end(), proposal.besides.begin(), proposal.besides.end());
    if (edit.empty()) {
        if (proposal.selection && *proposal.selection != m_scene.selection()) {
            m_world.select(*proposal.selection);
        }
        if (!proposal.said.isEmpty()) {
            m_note->sayBriefly(proposal.said, PointerNote::Kind::Note, pointer);
        }
        return true;
    }
    if (edit.tool.empty()) {
        edit.tool = id.toStdString();
    }
    m_toldOfStep.clear();
    {
        const QScopedValueRollback isCommitting(m_isCommitting, true);
        if (!m_world.commit(edit)) {
            return false;
        }
    }
    Selection then;
    if (edit.then) {
        then.outlines = {*edit.then};
    }
    m_world.select(proposal.selection.value_or(then));
    QStringList told{proposal.done, m_toldOfStep};
    told.removeAll(QString());
    if (!told.isEmpty()) {
        offerUndo(told.join(QLatin1Char(' ')));
    }
    return true;
}

} // namespace nunatak::ui::editing
