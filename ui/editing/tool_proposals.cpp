// SPDX-License-Identifier: GPL-3.0-or-later
// What tools propose: drawn, said and done.
#include "ui/editing/area_note.h"
#include "ui/editing/hint_line.h"
#include "ui/editing/pointer_note.h"
#include "ui/editing/tool_host.h"
#include "ui/editing/tool_pill.h"

#include <utility>

namespace nunatak::ui::editing {

using tools::Proposal;
using tools::Selection;

namespace {

/// What an edit does to the outline that is selected afterwards, else all of it: a shared line gives to one
/// what it takes from the other, and it is the one in the hand that counts.
nunatak::editing::Edit ofTheHand(const nunatak::editing::Edit& edit) {
    for (const auto& change : edit.changes) {
        if (edit.then && change.layer == edit.then->layer && change.after &&
            change.after->uuid == edit.then->uuid) {
            return {edit.description, {change}, edit.then, edit.tool};
        }
    }
    return edit;
}

} // namespace

void ToolHost::carryOut(const std::function<Proposal(const tools::Scene& scene)>& run) {
    perform(run(m_scene), m_current, pointer());
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
    if (!proposal.hint.isEmpty()) {
        m_hint->say(proposal.hint);
    }
    if (!proposal.refusal.isEmpty()) {
        m_note->say(proposal.refusal, PointerNote::Kind::Refusal, pointer);
        return;
    }
    const QString note =
        proposal.note.isEmpty() && proposal.edit ? areaChangeText(ofTheHand(*proposal.edit)) : proposal.note;
    if (note.isEmpty()) {
        m_note->hide();
    } else {
        m_note->say(note, PointerNote::Kind::Note, pointer);
    }
}

void ToolHost::stand() {
    const auto standing = m_tool->standing(m_scene);
    m_isPreviewing = false;
    m_drawn.clear(standing.proposal);
    m_hint->say(standing.hint);
    m_pill->say(standing.subject);
    m_pill->setOptionsShown(standing.takesOptions);
    m_place = standing.place;
    showPlace();
    Q_EMIT standingChanged();
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
    if (proposal.ask != nullptr) {
        Q_EMIT menuRequested(*proposal.ask, pointer);
        return false;
    }
    if (!proposal.edit || proposal.edit->empty()) {
        if (proposal.selection && *proposal.selection != m_scene.selection()) {
            m_world.select(*proposal.selection);
        }
        return true;
    }
    nunatak::editing::Edit edit = *proposal.edit;
    edit.tool = id.toStdString();
    if (!m_world.commit(edit)) {
        return false;
    }
    Selection then;
    if (edit.then) {
        then.outlines = {*edit.then};
    }
    m_world.select(proposal.selection.value_or(then));
    if (!proposal.done.isEmpty()) {
        offerUndo(proposal.done);
    }
    return true;
}

} // namespace nunatak::ui::editing
