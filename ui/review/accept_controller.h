// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "review/acceptance.h"
#include "review/layer_evidence.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <memory>
#include <set>
#include <string>
#include <vector>

class QWidget;

namespace nunatak::jobs {
class Job;
} // namespace nunatak::jobs

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::review {

class AcceptDialog;

/// Accepting what the model is sure of: measures a layer once, says live how many a threshold means, and
/// does it as one step. What is edited meanwhile is measured again.
class AcceptController : public QObject {
    Q_OBJECT

public:
    AcceptController(session::Workspace& workspace, QWidget* window);

    void open(const QString& layer);

Q_SIGNALS:
    void done(const QString& sentence);
    /// Those that would be accepted are selected, to be looked at.
    void selected();

private:
    struct Measured {
        std::vector<nunatak::review::LayerEvidence::Measured> glaciers;
        std::vector<std::string> notes;
    };

    void close();
    void measure();
    void show();
    nunatak::review::Acceptance now() const;
    void accept();
    void select();
    void follow(const project::Event& event);

    session::Workspace& m_workspace;
    QWidget* m_window;
    QPointer<AcceptDialog> m_dialog;
    std::string m_layer;
    std::set<std::string> m_selected; ///< when it was opened
    Measured m_measured;
    std::shared_ptr<jobs::Job> m_measuring;
    int m_asked = 0;
};

} // namespace nunatak::ui::review
