// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/tool_host.h"

#include "ui/base/owned.h"
#include "ui/editing/hint_line.h"
#include "ui/editing/pointer_note.h"
#include "ui/editing/toast.h"
#include "ui/editing/tool_pill.h"
#include "ui/viewport/viewport.h"

#include <algorithm>
#include <utility>

namespace nunatak::ui::editing {

using tools::Proposal;
using tools::Selection;
using tools::ToolEntry;
using viewport::PointerEvent;

namespace {

const ToolEntry* find(const std::vector<ToolEntry>& table, const QString& id) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&id](const auto& entry) { return QLatin1String(entry.id) == id; });
    return found != table.end() ? &*found : nullptr;
}

} // namespace

ToolHost::ToolHost(viewport::Viewport& view, const tools::Scene& scene, World world,
                   std::vector<ToolEntry> table, QObject* parent)
    : QObject(parent), m_view(view), m_scene(scene), m_world(std::move(world)), m_table(std::move(table)),
      m_drawn(view, scene), m_areas({m_world.crs, m_world.heldAgainst}), m_note(owned<PointerNote>(view)),
      m_toast(owned<Toast>(view)), m_hint(owned<HintLine>(view)), m_pill(owned<ToolPill>(view)) {
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
    connect(m_pill, &ToolPill::typingWanted, this, &ToolHost::beginTyping);
    connect(m_pill, &ToolPill::typed, this, &ToolHost::endTyping);
    connect(m_pill, &ToolPill::typingLeft, this, [this] {
        m_note->hide();
        stand();
        m_view.setFocus();
    });
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
    light(std::nullopt);
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
        if (m_gesture) {
            cancel(); // what the hand holds is put back, which is enough for one key
            return;
        }
        if (m_tool->isBegun() && found->takesPointBack && pointBack()) {
            return;
        }
        if (refusesWhileBegun()) {
            return;
        }
        cancel();
        perform(found->run(m_scene, tools::Hand{m_chosen, m_lit}), id, pointer());
        stand();
        return;
    }
    if (!refusesWhileBegun()) { // a line of many clicks would be gone by a slip on a key
        use(*found);
    }
}

bool ToolHost::isBegun() const {
    return m_tool->isBegun();
}

bool ToolHost::refusesWhileBegun() {
    if (m_tool->isBegun()) {
        remark(tr("First end what is begun; Esc gives it up."));
    }
    return m_tool->isBegun();
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
    m_isLeaving = m_working.isToBeDone; // what the hand asked for comes first
    if (m_isLeaving) {
        return;
    }
    const auto last = std::exchange(m_last, std::nullopt);
    const auto begun = m_tool->letGo(m_scene);
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
    bool isTakenUp = false;
    for (const auto& known : tools::optionsOf(m_table)) {
        const bool isHere = std::any_of(entry().options.begin(), entry().options.end(),
                                        [&](const auto& own) { return QLatin1String(own.id) == option; });
        if (QLatin1String(known.id) == option && known.home != nullptr && !isHere) {
            trigger(QLatin1String(known.home));
            isTakenUp = true;
        }
    }
    for (const auto& known : entry().options) {
        if (QLatin1String(known.id) == option) {
            // What was chosen before holds as the tool is taken up for it.
            const int step = isTakenUp && chosen(known) != known.usual ? 0 : 1;
            const int next = (chosen(known) + step) % static_cast<int>(known.values.size());
            choose(known, next);
            stand();
            showPreview();
            if (const QString meaning = known.tips.value(next); !meaning.isEmpty()) {
                remark(meaning);
            }
        }
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
    m_areas.forget();
    light(std::nullopt); // its vertices may be others
    if (!m_gesture && !m_nudge) {
        stand();
    }
}

void ToolHost::layersChanged() {
    m_areas.forget();
    cancel();
    if (m_working.wanted) {
        refresh();
    }
}

void ToolHost::withdrawOffer() {
    m_toast->withdraw();
}

void ToolHost::dropOffers() {
    m_toast->clear();
}

void ToolHost::offerNext(const QString& sentence, const QString& button, std::function<void()> action) {
    m_toast->sayNext(sentence, button, std::move(action));
}

void ToolHost::offer(const QString& sentence, const QString& button, std::function<void()> action) {
    m_toast->say(sentence, button, std::move(action));
}

void ToolHost::offerAtPointer(const QString& sentence, const QString& button, std::function<void()> action) {
    m_note->hide();
    m_toast->sayAt(pointer(), sentence, button, std::move(action));
}

void ToolHost::offerUndo(const QString& sentence) {
    if (m_isCommitting) {
        m_toldOfStep = sentence;
        return;
    }
    offer(sentence, tr("Undo"), m_world.undo);
}

void ToolHost::light(const std::optional<geo::VertexId>& vertex) {
    m_lit = vertex;
    m_view.setHoveredVertex(vertex);
}

void ToolHost::remark(const QString& sentence) {
    m_note->sayBriefly(sentence, PointerNote::Kind::Note, pointer());
}

} // namespace nunatak::ui::editing
