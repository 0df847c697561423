// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/teaching_count.h"

#include "base/error.h"
#include "tasks/what_teaches.h"
#include "ui/base/format.h"
#include "ui/learn/learning_panel.h"
#include "ui/session/workspace.h"

#include <QEvent>
#include <QPointer>

#include <utility>

namespace nunatak::ui::learn {

using session::JobQueue;
using session::Session;
using session::Workspace;

TeachingCount::TeachingCount(Workspace& workspace, LearningPanel& panel)
    : m_workspace(workspace), m_panel(panel) {
    m_rest.setSingleShot(true);
    constexpr int moment = 700; // ms
    m_rest.setInterval(moment);
    connect(&m_rest, &QTimer::timeout, this, &TeachingCount::count);
    connect(&workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::layersChanged, this, &TeachingCount::outdate);
        connect(m_workspace.session(), &Session::outlinesChanged, this, &TeachingCount::outdate);
        outdate();
    });
    connect(&workspace, &Workspace::sessionEnding, this, [this] {
        drop();
        m_panel.setTeaching({}, {});
    });
    connect(&workspace, &Workspace::currentModelChanged, this, &TeachingCount::outdate);
    connect(&panel, &LearningPanel::layerChosen, this, &TeachingCount::outdate);
    connect(&panel, &LearningPanel::completeChosen, this, &TeachingCount::outdate);
    panel.installEventFilter(this);
}

TeachingCount::~TeachingCount() {
    drop();
}

bool TeachingCount::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Show && m_isOutdated) {
        m_rest.start(0);
    }
    return QObject::eventFilter(watched, event);
}

void TeachingCount::outdate() {
    m_isOutdated = true;
    m_rest.start();
}

void TeachingCount::drop() {
    m_rest.stop();
    ++m_number;
    if (m_job != nullptr) {
        m_job->cancel();
        m_job.reset();
    }
}

void TeachingCount::count() {
    drop();
    const auto* session = m_workspace.session();
    const auto request = m_panel.request();
    const auto model = m_workspace.currentModel();
    if (session == nullptr || !m_panel.isVisible()) {
        return; // counted when somebody looks
    }
    m_isOutdated = false;
    if (request.layer.isEmpty() || !model || !session->project().hasLayer(request.layer.toStdString())) {
        m_panel.setTeaching({}, {});
        return;
    }
    tasks::LearningTask task;
    try {
        task = tasks::learningFrom(session->project(), request.layer.toStdString());
        task.scene = session->sceneOf(request.layer);
    } catch (const Error& error) {
        m_panel.setTeaching(QString::fromUtf8(error.what()), {});
        return;
    }
    if (task.scene == nullptr) {
        m_panel.setTeaching(tr("The scene of these outlines is not in the project any more; add it again."),
                            {});
        return;
    }
    task.sceneId = task.scene->scene().id;
    task.parent = *model;
    task.corrections.complete = request.complete;
    using Counted = tasks::WhatTeaches;
    // What was counted before something changed is of no interest, nor is anything once this is gone.
    const auto isWanted = [self = QPointer<TeachingCount>(this), number = ++m_number] {
        return self != nullptr && self->m_number == number;
    };
    m_job = m_workspace.jobs().start<Counted>(
        tr("Count what there is to learn from"), jobs::Lane::Aside,
        [task = std::move(task)](const Progress&) { return tasks::whatTeaches(task); },
        {.succeeded =
             [this, isWanted](Counted& what) {
                 if (!isWanted()) {
                     return;
                 }
                 m_panel.setTeaching(
                     tr("Learns from %1: something is said of %2.")
                         .arg(text(tasks::wordsOf(what)), areaText(what.ground)),
                     what.regions == 0
                         ? tr("Where you have looked at all there is, draw a region around it: "
                              "Glaciers › Side layers › Reviewed ground (Ctrl+Alt+G). It teaches "
                              "that there is no other ice.")
                         : QString());
             },
         .failed =
             [this, isWanted](const QString& sentence) {
                 if (isWanted()) {
                     m_panel.setTeaching(sentence, {});
                 }
             },
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

} // namespace nunatak::ui::learn
