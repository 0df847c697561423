// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/divides/divides_controller.h"

#include "base/error.h"
#include "editing/parts.h"
#include "geo/shape_operations.h"
#include "tasks/boundaries_task.h"
#include "tasks/divides_task.h"
#include "ui/base/format.h"
#include "ui/divides/division_words.h"
#include "ui/layers/layer_controller.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QLocale>

#include <algorithm>
#include <chrono>
#include <utility>

namespace nunatak::ui::divides {

using nunatak::divides::DivideRequest;
using nunatak::divides::DivideResult;
using session::JobQueue;
using session::Session;
using session::Workspace;
using By = DividesPanel::By;
using Which = DividesPanel::Which;

namespace {

constexpr std::chrono::milliseconds pause(250);
/// As long as it takes no longer, what was begun is drawn before the newest: the eye follows the hand.
constexpr qint64 mostWaited = 300; // ms

/// No layers of the project: only this controller draws them.
const QString drawnLayer = QStringLiteral("\u0001ice divides");
const QString leftOutLayer = QStringLiteral("\u0001ice divides left out");

/// A line as what the view draws: a ring there and back, which workers lay on the ground.
outlines::OutlineHandle thereAndBack(std::string uuid, const geo::Line& line) {
    outlines::Outline outline;
    outline.uuid = std::move(uuid);
    geo::Ring ring = line;
    for (std::size_t i = line.size() - 1; i-- > 1;) {
        ring.push_back(line[i]);
    }
    outline.geometry = {{std::move(ring), {}}};
    return outlines::share(std::move(outline));
}

viewport::LayerStyle styleOf(bool isLeftOut) {
    constexpr double width = 3;
    viewport::LayerStyle style;
    style.color = isLeftOut ? QColor(255, 255, 255, 130) : QColor(255, 255, 255);
    style.width = isLeftOut ? width / 2 : width;
    style.isReference = isLeftOut; // dashed
    return style;
}

} // namespace

DividesController::DividesController(Workspace& workspace, layers::LayerController& layers,
                                     viewport::Viewport& viewport, DividesPanel& panel)
    : m_workspace(workspace), m_layers(layers), m_viewport(viewport), m_panel(panel), m_clicks(viewport) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &DividesController::prepare);
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::stepped, this, &DividesController::follow);
        connect(m_workspace.session(), &Session::layersChanged, this, &DividesController::offerLayers);
        offerLayers();
        // A panel that the window brings back open, after this, shows nothing of this project.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!m_isOpen) {
                    Q_EMIT ended();
                }
            },
            Qt::QueuedConnection);
    });
    connect(&m_workspace, &Workspace::sessionEnding, this, &DividesController::close);
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] { m_panel.setLayers({}, {}, {}); });
    connect(&m_workspace.selection(), &session::SelectionModel::changed, this, &DividesController::count);
    connect(&m_panel, &DividesPanel::wanted, this, [this] {
        m_prepared.reset(); // of another elevation model
        m_isOpen = true;
        offerLayers();
        prepare();
    });
    connect(&m_panel, &DividesPanel::thresholdsChanged, this, &DividesController::plan);
    connect(&m_panel, &DividesPanel::stopRequested, this, [this] {
        if (m_preparing != nullptr) {
            m_preparing->cancel();
        }
    });
    connect(&m_panel, &DividesPanel::included, this, &DividesController::include);
    connect(&m_panel, &DividesPanel::putBackRequested, this, [this] {
        m_joined.clear();
        plan();
    });
    connect(&m_panel, &DividesPanel::placeActivated, this,
            [this](const geo::Extent& extent) { m_layers.flyTo(extent); });
    connect(&m_panel, &DividesPanel::acceptRequested, this, &DividesController::accept);
    connect(&m_panel, &DividesPanel::cancelRequested, this, [this] {
        close();
        Q_EMIT ended();
    });
    connect(&m_panel, &DividesPanel::startInventoryRequested, this,
            [this] { Q_EMIT startInventoryRequested(m_panel.layer()); });
    connect(&m_clicks, &DivideClicks::clicked, this, &DividesController::takeOut);
}

void DividesController::open(const QString& layer) {
    close();
    if (m_workspace.session() == nullptr) {
        return;
    }
    m_isOpen = true;
    offerLayers();
    m_panel.setLayer(layer);
    offerLayers();
    m_panel.setWhich(!selected().empty() ? Which::Selected : !inView().empty() ? Which::InView : Which::All);
    prepare();
}

void DividesController::close() {
    stop();
    m_isOpen = false;
    m_prepared.reset();
    m_planned.reset();
    m_joined.clear();
    m_leftOut.clear();
    m_panel.setTakenOut(0);
    m_panel.clear();
}

void DividesController::stop() {
    ++m_round;
    m_pause.stop();
    for (auto* job : {&m_preparing, &m_planning, &m_judging}) {
        if (*job != nullptr) {
            (*job)->cancel();
            job->reset();
        }
    }
    m_isPlanWanted = false;
    m_result.reset();
    m_viewport.removeLayer(drawnLayer);
    m_viewport.removeLayer(leftOutLayer);
    m_clicks.setDivides({});
}

void DividesController::useFile(const QString& file) {
    m_panel.setBy({By::What::File, file});
    m_prepared.reset();
    prepare();
}

void DividesController::offerLayers() {
    const auto* session = m_workspace.session();
    using Kind = outlines::LayerKind;
    const auto title = [session](const QString& layer) { return session->titleOf(layer); };
    const auto all = session->layersOf({Kind::Inventory, Kind::Expert, Kind::Predicted});
    m_panel.setLayers(session->layersOf({Kind::Inventory, Kind::Expert, Kind::Predicted, Kind::Side}), title,
                      session->inventoryOr({}));
    auto others = all;
    others.removeAll(m_panel.layer());
    m_panel.setLike(others, title);
    count();
    showLock();
}

bool DividesController::isLocked() const {
    const auto& project = m_workspace.session()->project();
    return project.isReadOnly() || outlines::isReference(project.layer(m_panel.layer().toStdString()).kind);
}

void DividesController::showLock() {
    const auto* session = m_workspace.session();
    const auto layer = m_panel.layer();
    if (layer.isEmpty() || !isLocked()) {
        m_panel.setLocked({}, false);
    } else if (session->project().isReadOnly()) {
        m_panel.setLocked(session->readOnlySentence(), false);
    } else {
        m_panel.setLocked(tr("%1 is a reference, which stays as it is. What is divided is an inventory that "
                             "is started from it.")
                              .arg(session->titleOf(layer)),
                          true);
    }
}

std::vector<std::string> DividesController::selected() const {
    std::vector<std::string> uuids;
    for (const auto& ref : m_workspace.selection().outlines()) {
        if (ref.layer == m_panel.layer().toStdString()) {
            uuids.push_back(ref.uuid);
        }
    }
    return uuids;
}

std::vector<std::string> DividesController::inView() const {
    const auto footprint = m_viewport.footprint();
    if (footprint.size() < 3) {
        return {};
    }
    const geo::MultiPolygon shown{{footprint, {}}};
    std::vector<std::string> uuids;
    const auto& outlines = m_workspace.session()->project().outlines(m_panel.layer().toStdString());
    for (const auto& outline : outlines.in(geo::extentOf(shown))) {
        const auto box = outline->extent();
        if (geo::intersects(
                {{{{box.xmin, box.ymin}, {box.xmax, box.ymin}, {box.xmax, box.ymax}, {box.xmin, box.ymax}},
                  {}}},
                shown)) {
            uuids.push_back(outline->uuid);
        }
    }
    return uuids;
}

void DividesController::count() {
    const auto* session = m_workspace.session();
    if (session == nullptr || !m_isOpen) {
        return;
    }
    const auto layer = m_panel.layer().toStdString();
    if (!layer.empty()) {
        m_panel.setCounts(selected().size(), inView().size(), session->project().outlines(layer).size());
    }
}

void DividesController::problem(const QString& sentence) {
    stop();
    m_panel.showProblem(sentence);
}

void DividesController::prepare() {
    const auto* session = m_workspace.session();
    if (session == nullptr || !m_isOpen) {
        return;
    }
    if (m_panel.layer().isEmpty()) {
        problem(tr("There are no outlines to divide yet. Predict them, or import some."));
        return;
    }
    if (isLocked()) {
        problem({}); // the lock says why
        return;
    }
    stop();
    tasks::DivideOptions options;
    options.layer = m_panel.layer().toStdString();
    if (m_panel.which() != Which::All) {
        options.uuids = m_panel.which() == Which::Selected ? selected() : inView();
        if (options.uuids.empty()) {
            problem(m_panel.which() == Which::Selected ? tr("No glacier of the layer is selected.")
                                                       : tr("No glacier of the layer is in the view."));
            return;
        }
    }
    const By by = m_panel.by();
    (by.what == By::What::Layer ? options.like : options.elevation) = by.name.toStdString();
    std::function<DivideRequest()> open;
    try {
        open = tasks::planDivide(session->project(), options);
    } catch (const Error& error) {
        problem(text(error.what()));
        return;
    }
    const int round = m_round;
    m_panel.setBusy(true, tr("Finding ice divides…"));
    m_panel.setReady(false);
    m_preparing = m_workspace.jobs().start<std::shared_ptr<const Prepared>>(
        tr("Find ice divides"), jobs::Lane::Background,
        [open, before = m_prepared](const Progress& progress) -> std::shared_ptr<const Prepared> {
            auto prepared = std::make_shared<Prepared>();
            prepared->request = open();
            using Known = std::vector<nunatak::divides::PreparedOutline>;
            prepared->outlines = nunatak::divides::prepareLayer(
                prepared->request, before != nullptr ? before->outlines : Known(), progress);
            return prepared;
        },
        {.succeeded =
             [this, round](std::shared_ptr<const Prepared>& prepared) {
                 if (round == m_round) {
                     m_preparing.reset();
                     m_prepared = std::move(prepared);
                     m_panel.setBusy(false);
                     plan();
                 }
             },
         .failed =
             [this, round](const QString& sentence) {
                 if (round == m_round) {
                     problem(sentence);
                 }
             },
         .cancelled =
             [this, round] {
                 if (round == m_round) {
                     problem(tr("It was stopped. Choose what is divided to look again."));
                 }
             }});
}

void DividesController::plan() {
    if (m_prepared == nullptr || m_preparing != nullptr) {
        return; // it comes to this when it is there
    }
    m_panel.setTakenOut(takenOut());
    if (m_planning == nullptr) {
        startPlan();
        return;
    }
    m_isPlanWanted = true;
    if (m_planningSince.elapsed() > mostWaited) {
        m_planning->cancel();
    }
}

void DividesController::startPlan() {
    m_isPlanWanted = false;
    m_planningSince.start();
    const int round = m_round;
    DivideRequest request = m_prepared->request;
    request.thresholds = m_panel.thresholds();
    request.joined = m_joined;
    const auto next = [this, round] {
        if (round != m_round) {
            return false;
        }
        m_planning.reset();
        return true;
    };
    m_planning = m_workspace.jobs().start<std::shared_ptr<const Planned>>(
        tr("Draw ice divides"), jobs::Lane::Background,
        [prepared = m_prepared, request](const Progress& progress) -> std::shared_ptr<const Planned> {
            return std::make_shared<const Planned>(
                nunatak::divides::planLayer(request, prepared->outlines, progress));
        },
        {.succeeded =
             [this, next](std::shared_ptr<const Planned>& planned) {
                 if (next()) {
                     show(std::move(planned));
                     if (m_isPlanWanted) {
                         startPlan();
                     } else {
                         judge();
                     }
                 }
             },
         .failed =
             [this, next](const QString& sentence) {
                 if (next()) {
                     problem(sentence);
                 }
             },
         .cancelled =
             [this, next] {
                 if (next()) {
                     startPlan();
                 }
             }},
        JobQueue::Shown::InPassing);
}

void DividesController::show(std::shared_ptr<const Planned> planned) {
    m_planned = std::move(planned);
    std::vector<outlines::OutlineHandle> drawn;
    std::vector<outlines::OutlineHandle> pale;
    std::vector<DivideClicks::Divide> divides;
    const bool canBeTakenOut = !m_prepared->request.isLike;
    for (const auto& each : *m_planned) {
        const bool isLeftOut = m_leftOut.contains(each.outline->uuid);
        for (const geo::Line& line : each.partition.lines) {
            auto& shown = isLeftOut ? pale : drawn;
            shown.push_back(thereAndBack(each.outline->uuid + ' ' + std::to_string(shown.size()), line));
            if (canBeTakenOut && !isLeftOut) {
                divides.push_back({each.outline->uuid, line});
            }
        }
    }
    m_viewport.setLayer(drawnLayer, drawn, styleOf(false));
    m_viewport.setLayer(leftOutLayer, pale, styleOf(true));
    m_clicks.setDivides(std::move(divides));
    m_panel.showSummary(summaryOf(*m_planned, m_leftOut));
}

void DividesController::judge() {
    if (m_judging != nullptr) {
        m_judging->cancel();
    }
    m_result.reset();
    m_panel.setReady(false);
    const int mine = ++m_judged;
    const int round = m_round;
    m_judging = m_workspace.jobs().start<DivideResult>(
        tr("See what ice divides make"), jobs::Lane::Background,
        [prepared = m_prepared, planned = m_planned, leftOut = m_leftOut](const Progress& progress) {
            Planned taken = *planned;
            std::erase_if(taken, [&](const auto& each) { return leftOut.contains(each.outline->uuid); });
            return nunatak::divides::resultOf(prepared->request, taken, progress);
        },
        {.succeeded =
             [this, mine, round](DivideResult& result) {
                 if (round != m_round || mine != m_judged) {
                     return;
                 }
                 m_judging.reset();
                 m_panel.showDivisions(groupsOf(m_prepared->request, *m_planned, m_leftOut, result));
                 m_panel.setReady(!result.edit.empty());
                 m_result = std::move(result);
             },
         .failed =
             [this, mine, round](const QString& sentence) {
                 if (round == m_round && mine == m_judged) {
                     problem(sentence);
                 }
             },
         .cancelled = {}},
        JobQueue::Shown::InPassing);
}

void DividesController::accept() {
    if (!m_result || m_workspace.session() == nullptr) {
        return;
    }
    const auto result = std::move(*m_result);
    m_result.reset();
    const auto left = std::count_if(result.outlines.begin(), result.outlines.end(),
                                    [](const auto& of) { return !of.why.empty(); });
    if (!m_workspace.attempt(tr("Ice divides"), [&] {
            auto& project = m_workspace.session()->project();
            tasks::throwUnlessEdited(project, m_prepared->request.layer);
            // Without a picture: relief dates no glacier.
            if (const auto committed = project.commit(result.edit, {}); !committed.sentence.empty()) {
                throw Error(committed.sentence);
            }
        })) {
        prepare(); // on what is there now
        return;
    }
    close();
    auto sentence = text(result.edit.description) + QLatin1Char('.');
    const auto kept = nunatak::editing::keptIds(result.edit, tr("the largest").toStdString());
    sentence += kept.empty() ? QString() : QLatin1Char(' ') + text(kept);
    Q_EMIT done(left == 0 ? sentence
                          : tr("%1 Left as they were: %2.")
                                .arg(sentence, QLocale().toString(static_cast<qlonglong>(left))));
    Q_EMIT ended();
}

void DividesController::takeOut(const std::string& uuid, geo::Point place) {
    const auto found = std::find_if(m_prepared->outlines.begin(), m_prepared->outlines.end(),
                                    [&](const auto& each) { return each.outline->uuid == uuid; });
    if (found == m_prepared->outlines.end()) {
        return;
    }
    if (const auto pair =
            nunatak::divides::basinsBeside(*found->watersheds, m_panel.thresholds(), m_joined[uuid], place)) {
        m_joined[uuid].push_back(*pair);
        plan();
    }
}

void DividesController::include(const std::string& uuid, bool isIncluded) {
    if (isIncluded) {
        m_leftOut.erase(uuid);
    } else {
        m_leftOut.insert(uuid);
    }
    if (m_planned != nullptr && m_planning == nullptr) {
        show(m_planned);
        judge();
    }
}

std::size_t DividesController::takenOut() const {
    std::size_t count = 0;
    for (const auto& [uuid, pairs] : m_joined) {
        count += pairs.size();
    }
    return count;
}

void DividesController::follow(const project::Event& event) {
    if (!m_isOpen || m_prepared == nullptr) {
        return;
    }
    const auto& request = m_prepared->request;
    const auto& like = m_panel.by();
    const bool isOurs = std::any_of(event.changes.begin(), event.changes.end(), [&](const auto& change) {
        return change.layer == request.layer ||
               (like.what == By::What::Layer && change.layer == like.name.toStdString());
    });
    if (isOurs) {
        m_panel.setReady(false);
        for (const auto& change : event.changes) { // basins are others then
            if (change.layer == request.layer && change.before) {
                m_joined.erase(change.before->uuid);
            }
        }
        m_pause.start();
    }
}

} // namespace nunatak::ui::divides
