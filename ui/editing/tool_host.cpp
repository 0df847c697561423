// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/tool_host.h"

#include "ui/base/owned.h"
#include "ui/editing/area_note.h"
#include "ui/editing/hint_line.h"
#include "ui/editing/open_cross.h"
#include "ui/editing/pointer_note.h"
#include "ui/editing/toast.h"
#include "ui/editing/tool_pill.h"
#include "ui/viewport/viewport.h"

#include <QIcon>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nunatak::ui::editing {

using tools::Proposal;
using tools::Selection;
using tools::ToolEntry;
using viewport::PointerEvent;

namespace {

constexpr double trembling = 4; // pixels

tools::Place placeOf(const PointerEvent& event) {
    return {event.position, event.map, event.metresPerPixel, event.modifiers};
}

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

const ToolEntry* find(const std::vector<ToolEntry>& table, const QString& id) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&id](const auto& entry) { return QLatin1String(entry.id) == id; });
    return found != table.end() ? &*found : nullptr;
}

} // namespace

/// The viewport's side of a gesture; ends with the button, or is destroyed when something came between.
class ToolHost::Drag : public viewport::LeftDrag {
public:
    explicit Drag(ToolHost& host) : m_host(host) {}
    Drag(const Drag&) = delete;
    Drag& operator=(const Drag&) = delete;
    ~Drag() override { m_host.putBack(); }
    void update(const PointerEvent& event) override { m_host.drag(event); }
    void end(const PointerEvent& event) override { m_host.release(event); }
    void cancel() override { m_host.putBack(); }

private:
    ToolHost& m_host;
};

ToolHost::ToolHost(viewport::Viewport& view, const tools::Scene& scene, World world,
                   std::vector<ToolEntry> table, QObject* parent)
    : QObject(parent), m_view(view), m_scene(scene), m_world(std::move(world)), m_table(std::move(table)),
      m_drawn(view, scene), m_note(owned<PointerNote>(view)), m_toast(owned<Toast>(view)),
      m_hint(owned<HintLine>(view)), m_pill(owned<ToolPill>(view)) {
    use(m_table.front());
    m_view.setLeftButton(this);
    m_view.installEventFilter(this);
    connect(&m_view, &viewport::Viewport::clicked, this, &ToolHost::click);
    connect(&m_view, &viewport::Viewport::rightClicked, this, &ToolHost::rightClick);
    connect(&m_view, &viewport::Viewport::showsVerticesChanged, this, [this] {
        if (!m_gesture && !m_nudge && !m_isPreviewing) {
            stand();
        }
    });
    connect(m_pill, &ToolPill::pressed, this, &ToolHost::chooseNext);
}

ToolHost::~ToolHost() {
    m_view.setLeftButton(nullptr);
}

const ToolEntry& ToolHost::entry() const {
    return *find(m_table, m_current);
}

QPointF ToolHost::pointer() const {
    return m_pointer.value_or(QPointF(m_view.rect().center()));
}

void ToolHost::use(const ToolEntry& entry) {
    m_last.reset();
    m_wasUsed = false;
    m_isLeaving = false;
    cancel();
    m_note->hide(); // of what the other tool had begun
    m_isPreviewing = false;
    m_tool = entry.make();
    m_view.setHoveredVertex(std::nullopt);
    m_view.unsetCursor();
    m_crossRatio = 0;
    const auto id = QString::fromLatin1(entry.id);
    const bool isOther = id != m_current;
    m_current = id;
    if (isOther) {
        m_pill->setOptions(entry.options);
    }
    for (const auto& option : entry.options) {
        choose(option, chosen(option));
    }
    stand();
    if (isOther) {
        Q_EMIT currentChanged(m_current);
    }
}

void ToolHost::trigger(const QString& id) {
    const auto* found = find(m_table, id);
    if (found == nullptr) {
        return;
    }
    endNudge();
    if (!found->make) {
        cancel();
        perform(found->run(m_scene), id, pointer());
        stand();
        return;
    }
    use(*found);
}

void ToolHost::hold(const QString& id) {
    const auto before = m_current;
    trigger(id);
    if (m_current != before) {
        m_last = before;
    }
}

void ToolHost::letGo(const QString& id, bool isTap) {
    if (!m_last || id != m_current) {
        return;
    }
    if (isTap && !m_wasUsed && !m_gesture) {
        m_last.reset(); // a tap: the tool stays
    } else if (m_gesture) {
        m_isLeaving = true;
    } else {
        returnToLast();
    }
}

void ToolHost::returnToLast() {
    m_isLeaving = false;
    const auto last = std::exchange(m_last, std::nullopt);
    const auto begun = m_tool->finish(m_scene);
    // What cannot be ended is not lost: the tool stays with it.
    if (last && (!begun || end(*begun, pointer()))) {
        use(*find(m_table, *last));
    }
}

int ToolHost::chosen(const tools::Option& option) const {
    const auto found = m_chosen.find(QString::fromLatin1(option.id));
    return found != m_chosen.end() ? found->second : option.usual;
}

void ToolHost::choose(const tools::Option& option, int value) {
    const auto id = QString::fromLatin1(option.id);
    m_chosen[id] = value;
    m_tool->choose(id, value);
    m_pill->setChosen(id, value);
}

void ToolHost::chooseNext(const QString& option) {
    for (const auto& known : entry().options) {
        if (QLatin1String(known.id) == option) {
            choose(known, (chosen(known) + 1) % static_cast<int>(known.values.size()));
            stand();
        }
    }
}

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

void ToolHost::cancel() {
    if (m_gesture) {
        m_view.cancelDrag(); // which puts back
    }
    if (std::exchange(m_nudge, std::nullopt)) {
        m_note->hide();
        stand();
    }
}

bool ToolHost::back() {
    if (m_gesture || m_nudge) {
        cancel();
        return true;
    }
    if (const auto proposal = m_tool->back(m_scene)) {
        m_note->hide(); // of what is no more
        perform(*proposal, m_current, pointer());
        stand();
        return true;
    }
    if (QLatin1String(m_table.front().id) != m_current) {
        use(m_table.front());
        return true;
    }
    Selection selection = m_scene.selection();
    if (selection.empty()) {
        return false;
    }
    if (!selection.vertices.empty()) {
        selection.vertices.clear();
    } else {
        selection.outlines.clear();
    }
    m_world.select(selection);
    return true;
}

void ToolHost::refresh() {
    m_view.setHoveredVertex(std::nullopt); // its vertices may be others
    if (!m_gesture && !m_nudge) {
        stand();
    }
}

void ToolHost::withdrawOffer() {
    m_toast->hide();
}

void ToolHost::offer(const QString& sentence, const QString& button, std::function<void()> action) {
    m_toast->say(sentence, button, std::move(action));
}

void ToolHost::offerAtPointer(const QString& sentence, const QString& button, std::function<void()> action) {
    m_note->hide();
    m_toast->sayAt(pointer(), sentence, button, std::move(action));
}

void ToolHost::offerUndo(const QString& sentence) {
    offer(sentence, tr("Undo"), m_world.undo);
}

void ToolHost::remark(const QString& sentence) {
    m_note->sayBriefly(sentence, PointerNote::Kind::Note, pointer());
}

std::unique_ptr<viewport::LeftDrag> ToolHost::press(const PointerEvent& event) {
    endNudge();
    hover(event);
    m_gesture = m_tool->press(placeOf(event), m_scene);
    m_pressed = event.position;
    m_hasMoved = false;
    return m_gesture ? std::make_unique<Drag>(*this) : nullptr;
}

void ToolHost::drag(const PointerEvent& event) {
    const QPointF away = event.position - m_pressed;
    m_pointer = event.inView;
    m_event = event;
    m_hasMoved = m_hasMoved || std::hypot(away.x(), away.y()) > trembling;
    if (m_gesture && m_hasMoved) {
        show(m_gesture->at(placeOf(event)), event.inView);
    }
}

void ToolHost::release(const PointerEvent& event) {
    const auto gesture = std::exchange(m_gesture, nullptr);
    if (!gesture) {
        return;
    }
    m_pointer = event.inView;
    if (!m_hasMoved) {
        click(event);
    } else {
        const Proposal proposal = gesture->release(placeOf(event));
        m_note->hide();
        if (proposal.refusal.isEmpty()) {
            perform(proposal, m_current, event.inView);
        } else if (proposal.locked) {
            Q_EMIT lockedTaken(*proposal.locked);
        }
        // After the edit: in this order the old shape is never seen in between.
        stand();
    }
    if (m_isLeaving) {
        returnToLast();
    }
}

void ToolHost::putBack() {
    if (std::exchange(m_gesture, nullptr)) {
        m_note->hide();
        stand();
        if (m_isLeaving) {
            returnToLast();
        }
    }
}

void ToolHost::click(const PointerEvent& event) {
    m_pointer = event.inView;
    const auto before = m_scene.selection();
    const auto proposal = m_tool->click(placeOf(event), m_scene);
    perform(proposal, m_current, event.inView);
    m_clicked =
        proposal.edit ? std::nullopt : std::optional(Clicked{before, m_scene.selection(), event.inView});
    stand();
}

void ToolHost::takeBackClick(QPointF place) {
    const auto clicked = std::exchange(m_clicked, std::nullopt);
    constexpr double samePlace = 10; // pixels: an earlier click elsewhere is no half of this one
    if (clicked && (clicked->place - place).manhattanLength() <= samePlace &&
        clicked->after == m_scene.selection() && clicked->before != clicked->after) {
        m_world.select(clicked->before);
        stand();
    }
}

void ToolHost::rightClick(const PointerEvent& event) {
    endNudge();
    m_pointer = event.inView;
    if (const auto proposal = m_tool->finish(m_scene)) {
        end(*proposal, event.inView);
        return;
    }
    const auto menu = m_tool->menu(placeOf(event), m_scene);
    if (menu.selection && *menu.selection != m_scene.selection()) {
        m_world.select(*menu.selection);
    }
    Q_EMIT menuRequested(menu, event.inView);
}

bool ToolHost::doubleClick(const PointerEvent& event) {
    m_pointer = event.inView;
    takeBackClick(event.inView); // what a double click means is about what was selected before it
    const auto proposal = m_tool->doubleClick(placeOf(event), m_scene);
    if (!proposal) {
        return false;
    }
    end(*proposal, event.inView);
    return true;
}

void ToolHost::hover(const PointerEvent& event) {
    m_pointer = event.inView;
    m_event = event;
    const auto hover = m_tool->hover(placeOf(event), m_scene);
    m_view.setHoveredVertex(hover.vertex);
    if (hover.cursor == Qt::ArrowCursor) {
        m_view.unsetCursor();
    } else {
        m_view.setCursor(hover.cursor == Qt::CrossCursor ? cross() : QCursor(hover.cursor));
    }
    if (hover.preview) {
        show(*hover.preview, event.inView);
        m_isPreviewing = true;
    } else {
        endPreview();
    }
}

QCursor ToolHost::cross() {
    if (const double ratio = m_view.devicePixelRatioF(); m_crossRatio != ratio) {
        m_cross = openCross(QIcon::fromTheme(QLatin1String(entry().icon)), ratio);
        m_crossRatio = ratio;
    }
    return m_cross;
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
