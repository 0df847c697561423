// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/registry.h"

#include <QObject>
#include <QString>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::learn {

class VersionList;

/// Which model the open project uses: taken up when it is opened, kept in it when a person decides, with the
/// versions to go back to.
class ModelChoice : public QObject {
    Q_OBJECT

public:
    ModelChoice(session::Workspace& workspace, VersionList& versions, QObject* parent);

    /// The project uses this model from now on. False where it cannot be kept, which was told.
    bool choose(const models::StoredModel& model);
    /// One of this machine, by its name.
    void chooseByName(const QString& name);

Q_SIGNALS:
    void said(const QString& sentence);

private:
    /// The project's own, once the models of this machine are known.
    void takeUp();
    void showVersions();

    session::Workspace& m_workspace;
    VersionList& m_versions;
    bool m_isTakenUp = false;
};

} // namespace nunatak::ui::learn
