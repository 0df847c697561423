// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/learning_record.h"

#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace nunatak::ui::learn {

/// The versions of a model with what was measured of each; one click goes back to an earlier one.
class VersionList : public QWidget {
    Q_OBJECT

public:
    struct Version {
        models::StoredModel model;
        std::optional<models::LearningRecord> record;
    };

    explicit VersionList(QWidget* parent = nullptr);

    /// @param used fingerprint of the one that is used
    void setVersions(const std::vector<Version>& versions, const QString& used);

Q_SIGNALS:
    /// The model with these weights shall be used.
    void useRequested(const QString& fingerprint);

private:
    void updateButton();

    QTreeWidget* m_list = nullptr;
    QPushButton* m_use = nullptr;
    QString m_used;
};

} // namespace nunatak::ui::learn
