// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/queue_keeper.h"

#include "base/error.h"
#include "editing/check.h"
#include "tasks/boundaries_task.h"
#include "ui/base/format.h"
#include "ui/session/workspace.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace nunatak::ui::review {

using nunatak::review::LayerEvidence;
using nunatak::review::ReviewQueue;
using session::JobQueue;
using session::Session;
using session::Workspace;

namespace {

constexpr std::chrono::milliseconds pause(250);

const std::vector<outlines::OutlineHandle> none;

/// What the picture says of them: shadow, cloud and snow; what is not there is told. Of some glaciers, those
/// beside them are `all`.
void addConditions(std::vector<LayerEvidence::Measured>& measured, const outlines::OutlineSet* all,
                   const std::vector<scene::Scene>& scenes, const std::shared_ptr<raster::ReaderPool>& pool,
                   const geo::Crs& crs, const Progress& progress, tasks::ConditionMaps& pictures,
                   std::vector<std::string>& notes) {
    std::set<std::string> needed;
    for (const auto& glacier : measured) {
        needed.insert(glacier.outline->sceneId);
    }
    for (const auto& scene : scenes) {
        if (!needed.contains(scene.id) || scene.bands("optical").empty()) {
            continue;
        }
        try {
            auto& picture = pictures[scene.id];
            if (picture == nullptr) {
                picture = tasks::lookAt(scene::SceneReader(scene, pool), progress.part(0, 0.7));
            }
            tasks::addConditions(measured, scene.id, *picture, crs, all, progress.part(0.7, 1));
        } catch (const Cancelled&) {
            throw;
        } catch (const Error& error) { // a picture that is gone is no reason to have no queue
            notes.push_back(std::string("Shadow, cloud and snow are not known: ") + error.what());
        }
    }
}

bool isOfOtherTime(const outlines::LayerChange& change) {
    return !change.before || !change.after || change.before->date != change.after->date ||
           change.before->kind != change.after->kind || change.before->sceneId != change.after->sceneId;
}

} // namespace

QueueKeeper::QueueKeeper(Workspace& workspace) : m_workspace(workspace), m_queue(none) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(pause);
    connect(&m_soon, &QTimer::timeout, this, &QueueKeeper::measureChanged);
    connect(&m_workspace, &Workspace::sessionStarted, this, &QueueKeeper::begin);
    connect(&m_workspace, &Workspace::sessionEnded, this, &QueueKeeper::end);
}

void QueueKeeper::begin() {
    connect(m_workspace.session(), &Session::stepped, this, &QueueKeeper::follow);
}

void QueueKeeper::end() {
    m_isWanted = false;
    m_filter.region.reset(); // of a place that was open
    goThrough({});
}

void QueueKeeper::goThrough(const std::string& layer) {
    ++m_round;
    for (auto* job : {&m_measuring, &m_catchingUp}) {
        if (*job != nullptr) {
            (*job)->cancel();
            job->reset();
        }
    }
    m_soon.stop();
    m_evidence = LayerEvidence(layer);
    m_against = {};
    m_others.clear();
    m_isMeasured = false;
    m_isOutOfDate = false;
    m_pictures.clear();
    m_before.clear();
    Q_EMIT busyChanged();
    rebuild();
}

void QueueKeeper::setFilter(const QueueFilter& filter) {
    m_filter = filter;
    rebuild();
}

void QueueKeeper::rebuild() {
    const auto* session = m_workspace.session();
    m_evidence.takeChanged();
    m_tally = {};
    if (session == nullptr || layer().empty() || !session->project().hasLayer(layer()) || !m_isWanted) {
        m_queue = ReviewQueue(none);
    } else {
        const auto& project = session->project();
        const auto glaciers = project.outlines(layer()).all();
        m_queue = ReviewQueue(glaciers, m_evidence, nunatak::review::usualCriteria(),
                              filterOf(m_filter, project.analyst()));
        for (const auto& glacier : glaciers) {
            m_tally.add(glacier, m_queue.known(glacier->uuid)->evidence.area);
        }
    }
    Q_EMIT queueChanged();
}

void QueueKeeper::renew(std::set<std::string> glaciers) {
    constexpr std::size_t few = 200; // of more the list is made anew
    const auto* session = m_workspace.session();
    glaciers.merge(m_evidence.takeChanged());
    if (session == nullptr || !session->project().hasLayer(layer()) || glaciers.size() > few) {
        rebuild();
        return;
    }
    const auto steps = m_queue.update(glaciers, session->project().outlines(layer()), m_evidence);
    for (const auto& step : steps) {
        if (step.before != nullptr) {
            m_tally.remove(step.before->glacier.outline, step.before->evidence.area);
        }
        if (step.after != nullptr) {
            m_tally.add(step.after->glacier.outline, step.after->evidence.area);
        }
    }
    if (!steps.empty()) {
        Q_EMIT queueStepped(steps);
    }
}

ReviewQueue::EntryHandle QueueKeeper::before(const std::string& uuid) const {
    const auto found = m_before.find(uuid);
    return found != m_before.end() ? found->second : nullptr;
}

void QueueKeeper::measure() {
    const auto* session = m_workspace.session();
    if (session == nullptr || layer().empty() || !session->project().hasLayer(layer())) {
        return;
    }
    if (m_measuring != nullptr) {
        m_measuring->cancel();
    }
    const int round = ++m_round;
    m_catchingUp.reset(); // its answer is of a round before
    m_soon.stop();
    m_isWanted = true;
    m_isOutOfDate = false;
    const auto& project = session->project();
    auto task = tasks::evidenceOf(project, layer());
    m_evidence.measureAll(task.glaciers);
    m_against = {};
    m_others.clear();
    const auto titleOf = [this](const std::optional<tasks::Reference>& other) {
        if (other) {
            m_others.insert(other->layer);
        }
        return other ? text(other->title) : QString();
    };
    m_against.expert = titleOf(task.expert);
    m_against.earlier = titleOf(task.earlier);
    const QString title = session->titleOf(text(layer()));
    m_measuring = m_workspace.jobs().start<Found>(
        tr("Measure what needs an eye in %1").arg(title), jobs::Lane::Background,
        [task = std::move(task)](const Progress& progress) {
            Found found;
            found.measured = tasks::measure(task, progress, &found.notes);
            return found;
        },
        {.succeeded =
             [this, round](Found& found) {
                 if (round != m_round) {
                     return;
                 }
                 m_evidence.take(found.measured, m_workspace.session()->project().outlines(layer()));
                 m_isMeasured = true;
                 m_against.hasConfidence =
                     std::any_of(found.measured.begin(), found.measured.end(),
                                 [](const auto& one) { return one.evidence.band.has_value(); });
                 takeNotes(found);
                 lookCloser(std::move(found));
                 rebuild();
                 Q_EMIT firstMeasured();
             },
         .failed =
             [this, round](const QString& sentence) {
                 if (round == m_round) {
                     m_measuring.reset();
                     Q_EMIT busyChanged();
                     Q_EMIT failed(sentence);
                     Q_EMIT firstMeasured();
                 }
             },
         .cancelled =
             [this, round] {
                 if (round == m_round) {
                     m_measuring.reset();
                     Q_EMIT busyChanged();
                     Q_EMIT firstMeasured();
                 }
             }},
        JobQueue::Shown::InPassing);
    Q_EMIT busyChanged();
    rebuild();
}

void QueueKeeper::lookCloser(Found found) {
    const auto* session = m_workspace.session();
    const int round = m_round;
    for (const auto& glacier : found.measured) {
        found.looked.insert(glacier.outline->uuid);
    }
    const auto finish = [this, round] {
        if (round == m_round) {
            m_measuring.reset();
            Q_EMIT busyChanged();
            measureChanged(); // what became another meanwhile
        }
    };
    found.notes.clear();
    m_measuring = m_workspace.jobs().start<Found>(
        tr("Look closer at %1").arg(session->titleOf(text(layer()))), jobs::Lane::Background,
        [found = std::move(found), scenes = session->project().scenes(), pool = session->readers(),
         crs = session->crs(),
         check = tasks::checkOf(session->project(), layer())](const Progress& progress) mutable {
            addConditions(found.measured, nullptr, scenes, pool, crs, progress.part(0, 0.6), found.pictures,
                          found.notes);
            found.findings = nunatak::editing::check(check, progress.part(0.6, 1));
            return std::move(found);
        },
        {.succeeded =
             [this, round, finish](Found& looked) {
                 if (round != m_round) {
                     return;
                 }
                 m_evidence.take(looked.measured, m_workspace.session()->project().outlines(layer()));
                 m_evidence.take(looked.findings, looked.looked);
                 m_pictures = std::move(looked.pictures);
                 takeNotes(looked);
                 renew({});
                 finish();
             },
         .failed =
             [this, round, finish](const QString& sentence) {
                 if (round == m_round) {
                     m_against.notes << sentence;
                     finish();
                 }
             },
         .cancelled = finish},
        JobQueue::Shown::InPassing);
}

void QueueKeeper::takeNotes(const Found& found) {
    for (const auto& note : found.notes) {
        m_against.notes << text(note);
    }
}

void QueueKeeper::stop() {
    if (m_measuring != nullptr) {
        m_measuring->cancel();
    }
}

void QueueKeeper::follow(const project::Event& event) {
    if (layer().empty() || !m_isWanted) {
        return;
    }
    const bool isOther = std::any_of(event.layers.begin(), event.layers.end(), isOfOtherTime) ||
                         std::any_of(event.changes.begin(), event.changes.end(),
                                     [this](const auto& change) { return m_others.contains(change.layer); });
    const bool isOurs = std::any_of(event.changes.begin(), event.changes.end(),
                                    [this](const auto& change) { return change.layer == layer(); });
    m_evidence.note(event.changes);
    if (isOurs) {
        std::set<std::string> changed;
        m_before.clear();
        for (const auto& change : event.changes) {
            if (change.layer == layer()) {
                const auto& uuid = (change.after != nullptr ? change.after : change.before)->uuid;
                changed.insert(uuid);
                if (auto known = m_queue.known(uuid)) {
                    m_before.emplace(uuid, std::move(known));
                }
            }
        }
        renew(std::move(changed));
    }
    if (isOther || isOurs) {
        m_isOutOfDate = m_isOutOfDate || isOther;
        m_soon.start();
    }
}

void QueueKeeper::measureChanged() {
    const auto* session = m_workspace.session();
    if (session == nullptr || layer().empty() || !session->project().hasLayer(layer())) {
        return;
    }
    if (m_isOutOfDate) {
        measure();
        return;
    }
    if (!m_isMeasured || m_measuring != nullptr || m_catchingUp != nullptr ||
        m_evidence.unmeasured().empty()) {
        return; // whoever is under way comes back to it
    }
    const auto& project = session->project();
    const std::set<std::string> changed = m_evidence.unmeasured();
    auto check = tasks::checkOf(project, layer());
    check.only = changed;
    const int round = m_round;
    m_catchingUp = m_workspace.jobs().start<Found>(
        tr("Measure what changed"), jobs::Lane::Aside,
        [task = tasks::evidenceOf(project, layer(), {}, &changed), check, changed, scenes = project.scenes(),
         pool = session->readers(), pictures = m_pictures](const Progress& progress) {
            Found found;
            found.pictures = pictures;
            found.measured = tasks::measure(task, progress.part(0, 0.3), &found.notes);
            addConditions(found.measured, &task.all, scenes, pool, task.crs, progress.part(0.3, 0.6),
                          found.pictures, found.notes);
            found.findings = nunatak::editing::check(check, progress.part(0.6, 1));
            found.looked = changed;
            return found;
        },
        {.succeeded =
             [this, round](Found& found) {
                 if (round != m_round) {
                     return;
                 }
                 m_catchingUp.reset();
                 m_evidence.take(found.measured, m_workspace.session()->project().outlines(layer()));
                 m_evidence.take(found.findings, found.looked);
                 m_pictures = std::move(found.pictures);
                 renew({});
                 measureChanged();
             },
         .failed =
             [this, round](const QString& sentence) {
                 if (round == m_round) {
                     m_catchingUp.reset();
                     Q_EMIT failed(sentence);
                 }
             },
         .cancelled =
             [this, round] {
                 if (round == m_round) {
                     m_catchingUp.reset();
                 }
             }},
        JobQueue::Shown::Silently);
}

} // namespace nunatak::ui::review
