// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/panel_controller.h"

#include "ui/base/format.h"
#include "ui/base/user_settings.h"
#include "ui/editing/tool_host.h"
#include "ui/review/filter_bar.h"
#include "ui/review/queue_keeper.h"
#include "ui/review/region_drawing.h"
#include "ui/review/review_panel.h"
#include "ui/review/verdict_box.h"
#include "ui/session/workspace.h"
#include "ui/tools/verdict_commands.h"
#include "ui/viewport/viewport.h"

#include <algorithm>
#include <set>
#include <vector>

namespace nunatak::ui::review {

using outlines::LayerKind;
using session::SelectionModel;
using session::Session;
using session::Workspace;

namespace {

QString allReviewed(int doubtful) {
    const QString all = PanelController::tr("Every glacier is reviewed.");
    return doubtful == 0 ? all
                         : QStringLiteral("%1<br><a href=\"doubtful\">%2</a>")
                               .arg(all, PanelController::tr("%1 doubtful: show").arg(doubtful));
}

} // namespace

PanelController::PanelController(Workspace& workspace, viewport::Viewport& view, editing::ToolHost& hand,
                                 UserSettings& settings, QueueKeeper& keeper, RegionDrawing& region,
                                 ReviewPanel& panel)
    : m_workspace(workspace), m_view(view), m_hand(hand), m_settings(settings), m_keeper(keeper),
      m_region(region), m_panel(panel) {
    m_panel.setGoesOn(m_settings.goesOnAfterVerdict());
    m_panel.setReviewer(m_settings.analyst());
    connect(&m_workspace, &Workspace::sessionStarted, this, &PanelController::begin);
    connect(&m_workspace, &Workspace::sessionEnding, this, [this] { m_panel.verdicts().settle(); });
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] {
        m_region.clear();
        m_panel.filters().reset();
        m_panel.setLayers({}, {}, {});
        m_inventories.clear();
        showSelection();
        showLock();
    });
    connect(&m_workspace, &Workspace::predicted, this, [this] {
        offerLayers();
        goThrough(m_panel.layer());
        m_keeper.measure();
    });
    for (const auto signal : {&SelectionModel::changed, &SelectionModel::edited}) {
        connect(&m_workspace.selection(), signal, this, &PanelController::showSelection);
    }
    connect(&m_keeper, &QueueKeeper::queueChanged, this, &PanelController::showQueue);
    connect(&m_keeper, &QueueKeeper::queueStepped, this, &PanelController::showSteps);
    connect(&m_keeper, &QueueKeeper::busyChanged, this, &PanelController::showBasis);
    connect(&m_keeper, &QueueKeeper::failed, this, &PanelController::said);
    connectPanel();
    connectRegion();
}

void PanelController::begin() {
    auto& project = m_workspace.session()->project();
    m_systemName = project.analyst();
    m_inventories = m_workspace.session()->layersOf({LayerKind::Inventory});
    adoptReviewer(m_settings.analyst());
    connect(m_workspace.session(), &Session::layersChanged, this, &PanelController::offerLayers);
    offerLayers();
}

void PanelController::connectPanel() {
    connect(&m_panel, &ReviewPanel::measureRequested, this, [this] {
        goThrough(m_panel.layer());
        m_keeper.measure();
    });
    connect(&m_panel, &ReviewPanel::stopRequested, &m_keeper, &QueueKeeper::stop);
    connect(&m_panel, &ReviewPanel::layerChosen, this, [this](const QString& layer) {
        goThrough(layer);
        m_keeper.measure();
    });
    connect(&m_panel, &ReviewPanel::startInventoryRequested, this,
            [this] { Q_EMIT startInventoryRequested(m_panel.layer()); });
    connect(&m_panel, &ReviewPanel::reviewerChosen, this, [this](const QString& name) {
        if (m_workspace.session() != nullptr && name != text(m_workspace.session()->project().analyst())) {
            m_settings.setAnalyst(name);
            adoptReviewer(name);
            m_keeper.setFilter(m_keeper.filter()); // whose Mine are
        }
    });
    connect(&m_panel, &ReviewPanel::goesOnChosen, this,
            [this](bool goesOn) { m_settings.setGoesOnAfterVerdict(goesOn); });
    connect(&m_panel.verdicts(), &VerdictBox::verdictGiven, this, &PanelController::say);
    connect(&m_panel.verdicts(), &VerdictBox::noteWritten, this,
            [this](const std::vector<outlines::OutlineRef>& refs, const std::string& note) {
                m_hand.carryOut([&](const tools::Scene& scene) { return tools::noteOn(scene, refs, note); },
                                QStringLiteral("noteOutline"));
            });
    connect(&m_panel, &ReviewPanel::left, &m_view, qOverload<>(&QWidget::setFocus));
}

void PanelController::connectRegion() {
    auto& filters = m_panel.filters();
    connect(&filters, &FilterBar::changed, this, [this, &filters] {
        m_region.clear();
        if (filters.filter().region) {
            m_region.show(*filters.filter().region);
        }
        m_keeper.setFilter(filters.filter());
    });
    connect(&filters, &FilterBar::viewRequested, this, [this, &filters] {
        const auto corners = m_view.footprint();
        filters.setRegion(corners.size() < 3 ? std::nullopt
                                             : std::optional(geo::MultiPolygon{{corners, {}}}));
    });
    connect(&filters, &FilterBar::drawingRequested, this, [this] {
        m_hand.trigger(QLatin1String(m_hand.table().front().id)); // no tool has the left button meanwhile
        m_region.begin();
        const auto how = tr("Draw around the glaciers that are meant, in one drag; Esc gives up.");
        m_hand.remark(how);
        Q_EMIT said(how);
    });
    connect(&m_hand, &editing::ToolHost::currentChanged, &m_region, &RegionDrawing::giveUp);
    connect(&m_region, &RegionDrawing::drawn, &filters,
            [&filters](const geo::MultiPolygon& region) { filters.setRegion(region); });
    connect(&m_region, &RegionDrawing::givenUp, &filters, [&filters] { filters.setRegion(std::nullopt); });
}

void PanelController::setSeen(bool isSeen) {
    m_isSeen = isSeen;
    if (!isSeen) {
        m_region.giveUp();
    }
    if (!isSeen || m_workspace.session() == nullptr) {
        return;
    }
    offerLayers();
    goThrough(m_panel.layer());
    if (!m_keeper.isMeasured() && !m_keeper.isMeasuring()) {
        m_keeper.measure();
    }
    showQueue();
    showLock();
    showSelection();
}

void PanelController::offerLayers() {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    auto layers = session->layersOf({LayerKind::Inventory});
    const QString edited = session->inventoryOr({});
    const bool isStarted = layers.contains(edited) && !m_inventories.contains(edited);
    m_inventories = layers;
    if (layers.isEmpty()) { // what one may be started from
        layers = session->layersOf({LayerKind::Predicted, LayerKind::Expert});
    }
    m_panel.setLayers(
        layers, [session](const QString& layer) { return session->titleOf(layer); }, edited);
    if (isStarted) { // what is edited from now on is what is gone through
        m_panel.setLayer(edited);
    }
    const QString before = text(m_keeper.layer());
    const bool isWanted = m_isSeen || m_keeper.isWanted();
    if (isStarted ? before != edited : !layers.contains(before)) {
        goThrough(m_panel.layer());
        if (isWanted) {
            m_keeper.measure();
        }
    }
    showLock();
}

void PanelController::goThrough(const QString& layer) {
    if (layer.toStdString() != m_keeper.layer()) {
        m_keeper.goThrough(layer.toStdString());
    }
    offerAttributes();
    showLock();
}

void PanelController::offerAttributes() {
    constexpr std::size_t enough = 200; // outlines of a layer come of one table
    const auto* session = m_workspace.session();
    QStringList names{QStringLiteral("name"), QStringLiteral("date"), QStringLiteral("sensor"),
                      QStringLiteral("analyst")};
    if (session != nullptr && session->project().hasLayer(m_keeper.layer())) {
        const auto glaciers = session->project().outlines(m_keeper.layer()).all();
        std::set<std::string> more;
        for (std::size_t i = 0; i < std::min(enough, glaciers.size()); ++i) {
            for (const auto& [name, value] : glaciers[i]->attributes) {
                more.insert(name);
            }
        }
        for (const auto& name : more) {
            names << text(name);
        }
    }
    m_panel.filters().setAttributes(names);
}

void PanelController::showQueue() {
    if (!m_isSeen) {
        return;
    }
    if (!m_keeper.layer().empty() && m_panel.layer().toStdString() != m_keeper.layer()) {
        m_panel.setLayer(text(m_keeper.layer()));
    }
    m_panel.showQueue(m_keeper.queue().entries(), m_keeper.progress());
    showEmptyWords();
    showBasis();
}

void PanelController::showSteps(const nunatak::review::ReviewQueue::Steps& steps) {
    if (m_isSeen) {
        m_panel.showSteps(steps, m_keeper.progress());
        showEmptyWords();
        showBasis();
    }
}

void PanelController::showEmptyWords() {
    const bool isDone = m_keeper.filter().isUsual() && m_keeper.progress().left == 0;
    m_panel.setEmptyWords(
        m_keeper.layer().empty()
            ? tr("There are no glaciers yet. Predict those of this scene (F5), or import outlines (Ctrl+I): "
                 "those that need an eye stand here then.")
        : m_keeper.progress().count.outlines == 0 ? tr("There is no glacier in this layer yet.")
        : m_keeper.filter().isReversed()          ? tr("The least size is larger than the most.")
        : isDone                                  ? allReviewed(m_keeper.progress().count.doubtful)
                                                  : tr("No glacier is as the filter asks."));
}

void PanelController::showBasis() {
    if (!m_isSeen) {
        return;
    }
    m_panel.setBusy(m_keeper.isMeasuring());
    const auto& against = m_keeper.against();
    QString more = against.notes.join(QLatin1Char('\n'));
    if (m_keeper.layer().empty() || m_keeper.progress().count.outlines == 0) {
        m_panel.showBasis({}, more);
        return;
    }
    if (!m_keeper.isMeasured()) {
        m_panel.showBasis(m_keeper.isMeasuring() ? tr("Measuring what needs an eye…")
                                                 : tr("Not measured: the largest come first."),
                          more);
        return;
    }
    QStringList parts;
    if (against.hasConfidence) {
        parts << tr("the model's confidence");
    }
    if (!against.expert.isEmpty()) {
        parts << against.expert;
    }
    if (!against.earlier.isEmpty()) {
        parts << tr("the change since %1").arg(against.earlier);
    }
    if (parts.isEmpty()) {
        m_panel.showBasis(
            tr("There is nothing to hold these outlines against: the order is by size and by what a check "
               "finds. Predict the scene (F5), or import an expert's outlines or an earlier "
               "inventory (Ctrl+I)."),
            more);
        return;
    }
    m_panel.showBasis(tr("By %1, what a check finds, and size.").arg(parts.join(QStringLiteral(", "))) +
                          (against.notes.isEmpty()
                               ? QString()
                               : QStringLiteral(" ") + against.notes.join(QLatin1Char(' '))),
                      more);
}

void PanelController::showLock() {
    const auto* session = m_workspace.session();
    const auto layer = m_panel.layer();
    if (session == nullptr || layer.isEmpty() || !session->project().hasLayer(layer.toStdString())) {
        m_panel.setLocked({}, false);
    } else if (session->project().isReadOnly()) {
        m_panel.setLocked(session->readOnlySentence(), false);
    } else if (outlines::isReference(session->project().layer(layer.toStdString()).kind)) {
        m_panel.setLocked(
            tr("%1 is a reference, which stays as it is. Verdicts are given in an inventory that is "
               "started from it.")
                .arg(session->titleOf(layer)),
            true);
    } else {
        m_panel.setLocked({}, false);
    }
}

QString PanelController::lock() const {
    for (const auto& ref : m_workspace.selection().outlines()) {
        if (const QString reason = m_hand.scene().lock(ref); !reason.isEmpty()) {
            return reason;
        }
    }
    return {};
}

void PanelController::showSelection() {
    const auto* session = m_workspace.session();
    std::vector<outlines::OutlineRef> refs;
    std::vector<outlines::OutlineHandle> outlines;
    if (session != nullptr && m_isSeen) {
        for (const auto& ref : m_workspace.selection().outlines()) {
            if (auto outline = session->outline(ref)) {
                refs.push_back(ref);
                outlines.push_back(std::move(outline));
            }
        }
    }
    QString elsewhere;
    if (!refs.empty() && !m_keeper.layer().empty() && refs.front().layer != m_keeper.layer()) {
        elsewhere =
            tr("In %1, while the list is of %2:")
                .arg(session->titleOf(text(refs.front().layer)), session->titleOf(text(m_keeper.layer())));
    }
    m_panel.verdicts().show(refs, outlines, outlines.empty() ? QString() : lock(), elsewhere);
    m_panel.setCurrent(refs.size() == 1 && refs.front().layer == m_keeper.layer() ? refs.front().uuid
                                                                                  : std::string());
}

void PanelController::write() {
    showSelection();
    if (!m_panel.verdicts().write()) {
        Q_EMIT said(m_workspace.selection().outlines().empty()
                        ? tr("Nothing is selected: click a glacier first.")
                        : lock());
    }
}

void PanelController::adoptReviewer(const QString& name) {
    auto& project = m_workspace.session()->project();
    project.setAnalyst(name.isEmpty() ? m_systemName : name.toStdString());
    m_panel.setReviewer(text(project.analyst()));
}

void PanelController::say(outlines::Review review, const std::optional<std::string>& note) {
    using outlines::Review;
    if (m_hand.refusesWhileBegun()) {
        if (note) { // what was written is not lost
            Q_EMIT m_panel.verdicts().noteWritten(m_workspace.selection().outlines(), *note);
        }
        return;
    }
    m_hand.carryOut([&](const tools::Scene& scene) { return tools::verdictOn(scene, review, note); },
                    QLatin1String(review == Review::Accepted   ? "acceptOutline"
                                  : review == Review::Doubtful ? "doubtOutline"
                                                               : "notAGlacier"));
}

} // namespace nunatak::ui::review
