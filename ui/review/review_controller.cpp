// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_controller.h"

#include "outlines/outline_name.h"
#include "review/review_progress.h"
#include "tasks/evidence_task.h"
#include "ui/base/format.h"
#include "ui/base/user_settings.h"
#include "ui/layers/layer_controller.h"
#include "ui/review/ground_ahead.h"
#include "ui/review/queue_keeper.h"
#include "ui/review/queue_model.h"
#include "ui/session/workspace.h"
#include "ui/viewport/clear_framing.h"
#include "ui/viewport/viewport.h"

#include <QLocale>

#include <algorithm>
#include <set>
#include <utility>

namespace nunatak::ui::review {

using layers::LayerController;
using nunatak::review::ReviewQueue;
using session::JobQueue;
using session::Session;
using session::Workspace;
using viewport::Viewport;

namespace {

/// Somebody said something of a glacier, for the first time, otherwise than before, or anew.
bool isVerdict(const outlines::OutlineHandle& before, const outlines::OutlineHandle& after) {
    return before && after && after->review != outlines::Review::NotReviewed &&
           before->geometry == after->geometry &&
           (after->review != before->review ||
            (before->reviewRecord.isOutdated && !after->reviewRecord.isOutdated));
}

/// It was a hand's, not a tool's that judges by numbers, nor a file's.
bool isOfAHand(const std::string& tool) {
    return tool == "acceptOutline" || tool == "doubtOutline" || tool == "notAGlacier";
}

QString sentenceOf(const ReviewQueue::Entry& entry) {
    QString why = whyText(entry);
    why[0] = why[0].toUpper();
    return why;
}

} // namespace

ReviewController::ReviewController(Workspace& workspace, Viewport& view, LayerController& layers,
                                   QueueKeeper& keeper, UserSettings& settings)
    : m_workspace(workspace), m_view(view), m_layers(layers), m_keeper(keeper), m_settings(settings) {
    connect(&m_workspace, &Workspace::sessionStarted, this, &ReviewController::begin);
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] {
        m_pending.reset();
        m_ahead.reset();
        if (m_reading != nullptr) {
            m_reading->cancel();
            m_reading.reset();
        }
    });
    connect(&m_keeper, &QueueKeeper::firstMeasured, this, [this] {
        if (const auto step = std::exchange(m_pending, std::nullopt)) {
            go(*step);
        }
    });
    connect(&m_view, &Viewport::becameSharp, this, &ReviewController::readAhead);
}

void ReviewController::begin() {
    connect(m_workspace.session(), &Session::stepped, this, &ReviewController::tell);
    connect(m_workspace.session(), &Session::stepped, this, &ReviewController::goOn);
}

void ReviewController::tell(const project::Event& event) {
    std::set<std::string> layers;
    const outlines::OutlineChange* last = nullptr;
    int count = 0;
    for (const auto& change : event.changes) {
        if (change.before && change.after && change.before->review != change.after->review) {
            layers.insert(change.layer);
            last = &change;
            ++count;
        }
    }
    if (layers.size() != 1) {
        if (outdates(event)) {
            Q_EMIT said(progressOf(m_toldLayer));
        }
        return;
    }
    const auto progress = progressOf(text(last->layer));
    if (count > 1) {
        Q_EMIT said(tr("%1 glaciers. %2").arg(QLocale().toString(count), progress));
        return;
    }
    Q_EMIT said(
        tr("%1: %2. %3")
            .arg(text(outlines::nameInSentence(*last->after)), reviewText(last->after->review), progress));
}

void ReviewController::next(const QString& layer, int step) {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const auto& project = session->project();
    const auto selection = m_workspace.selection().current();
    auto gone = selection ? text(selection->layer) : layer;
    // What is gone through is the inventory; before there is one, what it may be started from.
    if (const auto inventories = project.inventories();
        !inventories.empty() && (!project.hasLayer(gone.toStdString()) ||
                                 project.layer(gone.toStdString()).kind != outlines::LayerKind::Inventory)) {
        gone = session->inventoryOr(gone);
    }
    const auto name = gone.toStdString();
    if (!project.hasLayer(name)) {
        Q_EMIT said(
            tr("There are no glaciers to go through yet. Predict those of this scene, or import outlines."));
        return;
    }
    if (m_keeper.layer() != name) {
        m_keeper.goThrough(name);
    }
    if (!m_keeper.isMeasured()) {
        m_pending = step;
        if (!m_keeper.isMeasuring()) {
            Q_EMIT said(tr("Measuring what needs an eye in %1…").arg(session->titleOf(gone)));
            m_keeper.measure();
        }
        return;
    }
    go(step);
}

void ReviewController::go(int step) {
    const auto* session = m_workspace.session();
    const auto& layer = m_keeper.layer();
    if (session == nullptr || !session->project().hasLayer(layer)) {
        return;
    }
    const auto selection = m_workspace.selection().current();
    const auto from = selection && selection->layer == layer ? session->outline(*selection) : nullptr;
    if (const auto after = from != nullptr && step == 1 ? following(from->uuid) : std::nullopt) {
        visit(*after);
        return;
    }
    const auto found = m_keeper.queue().next(from, step);
    if (found) {
        visitPlace(*found);
    } else if (const int doubtful = m_keeper.progress().count.doubtful;
               m_keeper.filter().isUsual() && doubtful > 0) {
        Q_EMIT said(tr("Every glacier of %1 is reviewed; %2 doubtful, which the filter of the queue shows.")
                        .arg(session->titleOf(text(layer)))
                        .arg(doubtful));
    } else if (m_keeper.filter().isUsual()) {
        Q_EMIT said(tr("Every glacier of %1 is reviewed.").arg(session->titleOf(text(layer))));
    } else {
        Q_EMIT said(
            tr("No glacier of %1 is as the filter of the queue asks.").arg(session->titleOf(text(layer))));
    }
}

std::optional<std::string> ReviewController::following(const std::string& uuid) const {
    if (m_course.layer != m_keeper.layer() || m_course.from != uuid ||
        !(m_course.filter == m_keeper.filter())) {
        return std::nullopt;
    }
    const auto next = std::find_if(m_course.after.begin(), m_course.after.end(), [this](const auto& other) {
        return m_keeper.queue().placeOf(other).has_value();
    });
    return next != m_course.after.end() ? std::optional(*next) : std::nullopt;
}

void ReviewController::look(const outlines::Outline& glacier, bool isOtherThanExperts) {
    constexpr double mostTilt = 35; // degrees: steeper than slopes that glaciers lie behind
    const auto& project = m_workspace.session()->project();
    const outlines::OutlineRef ref{m_keeper.layer(), glacier.uuid};
    const auto own = geo::extentOf(glacier.geometry);
    std::vector<geo::Point> places;
    viewport::addPlaces(glacier.geometry, own, places);
    if (isOtherThanExperts && project.layer(ref.layer).kind == outlines::LayerKind::Inventory) {
        if (const auto expert = tasks::counterpartsOf(project, ref).expert) {
            // What it is said to be other than; not all of an ice cap of which it is a part.
            viewport::addPlaces(expert->outline->geometry, own.grown(std::max(own.width(), own.height())),
                                places);
        }
    }
    viewport::frameClear(m_view, places, mostTilt);
}

void ReviewController::visit(const std::string& uuid) {
    if (const auto place = m_keeper.queue().placeOf(uuid)) {
        visitPlace(*place);
    }
}

void ReviewController::lookAgainAt(const std::string& uuid) {
    const auto* session = m_workspace.session();
    const outlines::OutlineRef ref{m_keeper.layer(), uuid};
    if (m_keeper.queue().placeOf(uuid)) {
        visit(uuid);
    } else if (session != nullptr && session->outline(ref) != nullptr) { // the filter lists it no more
        m_workspace.selection().select(ref);
        m_layers.lookDownOnSelection();
    }
}

QString ReviewController::besideWords(const geo::Extent& extent) const {
    const auto ground = m_view.terrain();
    return ground != nullptr && !ground->heightGrid.extent().intersects(extent)
               ? tr("It lies beside the picture, nothing can be seen of it: show one of its place. ")
               : QString();
}

void ReviewController::visitPlace(std::size_t place) {
    const auto& entries = m_keeper.queue().entries();
    const auto entry = entries[place]; // kept: what is selected here may change the list
    const auto after = entries[(place + 1) % entries.size()]->glacier.outline;
    const auto count = entries.size();
    m_ahead = after->uuid != entry->glacier.outline->uuid ? std::optional(after->uuid) : std::nullopt;
    m_course = {m_keeper.layer(), m_keeper.filter(), entry->glacier.outline->uuid, {}};
    for (std::size_t i = 1; i < count; ++i) {
        m_course.after.push_back(entries[(place + i) % count]->glacier.outline->uuid);
    }
    const auto layer = text(m_keeper.layer());
    m_layers.showLayer(layer);
    m_workspace.selection().select(outlines::OutlineRef{m_keeper.layer(), entry->glacier.outline->uuid});
    look(*entry->glacier.outline, entry->evidence.difference.value_or(0) > 0);
    const QLocale locale;
    Q_EMIT said(besideWords(entry->glacier.outline->extent()) +
                tr("%1, %2 of %3 in the queue. %4")
                    .arg(sentenceOf(*entry), locale.toString(static_cast<qulonglong>(place + 1)),
                         locale.toString(static_cast<qulonglong>(count)), progressOf(layer)));
}

void ReviewController::goOn(const project::Event& event) {
    // What is said of several at once is no step through the queue.
    if (!m_settings.goesOnAfterVerdict() || event.changes.size() != 1 ||
        event.changes.front().layer != m_keeper.layer() || !m_keeper.isMeasured()) {
        return;
    }
    const auto& change = event.changes.front();
    if (event.step.undoes != 0) {
        // A verdict taken back, or given again, is one to look at again.
        if (isVerdict(change.after, change.before) || isVerdict(change.before, change.after)) {
            QMetaObject::invokeMethod(
                this, [this, uuid = change.after->uuid] { lookAgainAt(uuid); }, Qt::QueuedConnection);
        }
        return;
    }
    if (!isVerdict(change.before, change.after) || !isOfAHand(event.step.tool)) {
        return;
    }
    if (const auto next = following(change.after->uuid)) {
        // The step is not over: what it was about is selected again.
        QMetaObject::invokeMethod(
            this, [this, uuid = *next] { visit(uuid); }, Qt::QueuedConnection);
        return;
    }
    // From where it stood before: what is doubtful now needs an eye all the more.
    const auto before = m_keeper.before(change.after->uuid);
    if (const auto place = before != nullptr ? m_keeper.queue().behind(*before) : std::nullopt) {
        const auto uuid = m_keeper.queue().entries()[*place]->glacier.outline->uuid;
        QMetaObject::invokeMethod(
            this, [this, uuid] { visit(uuid); }, Qt::QueuedConnection);
        return;
    }
    QMetaObject::invokeMethod(
        this, [this] { go(1); }, Qt::QueuedConnection);
}

void ReviewController::readAhead() {
    const auto* session = m_workspace.session();
    if (!m_ahead || m_view.isFlying() || session == nullptr || m_reading != nullptr) {
        return;
    }
    const auto outline = session->outline({m_keeper.layer(), *std::exchange(m_ahead, std::nullopt)});
    const auto work =
        outline != nullptr ? groundAhead(m_view, outline->extent()) : std::function<int(const Progress&)>();
    if (!work) {
        return;
    }
    m_reading = m_workspace.jobs().start<int>(
        tr("Read the next glacier's ground"), jobs::Lane::Aside, work,
        {.succeeded = [this](int&) { m_reading.reset(); },
         .failed = [this](const QString&) { m_reading.reset(); }, // the view tells it when it needs it
         .cancelled = [this] { m_reading.reset(); }},
        JobQueue::Shown::Silently);
}

bool ReviewController::outdates(const project::Event& event) const {
    constexpr qint64 stands = 8000; // ms that a sentence stands in the status bar
    const auto layer = m_toldLayer.toStdString();
    return m_told.isValid() && m_told.elapsed() < stands &&
           m_workspace.session()->project().hasLayer(layer) &&
           std::any_of(event.changes.begin(), event.changes.end(), [&](const auto& change) {
               return change.layer == layer && (change.before == nullptr) != (change.after == nullptr);
           });
}

QString ReviewController::progressOf(const QString& layer) {
    m_toldLayer = layer;
    m_told.start();
    const auto count = m_workspace.session()->project().reviewCount(layer.toStdString());
    const QLocale locale;
    return tr("%1 of %2 reviewed in %3.")
        .arg(locale.toString(nunatak::review::upToDate(count)), locale.toString(count.outlines),
             m_workspace.session()->titleOf(layer));
}

} // namespace nunatak::ui::review
