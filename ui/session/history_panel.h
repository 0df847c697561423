// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <QWidget>

#include <vector>

class QListWidget;

namespace nunatak::ui::session {

/// What was done to the project, newest first; steps that were taken back are pale.
class HistoryPanel : public QWidget {
    Q_OBJECT

public:
    explicit HistoryPanel(QWidget* parent = nullptr);

    void setHistory(const std::vector<project::HistoryStep>& steps);

protected:
    void changeEvent(QEvent* event) override;

private:
    QListWidget* m_list = nullptr;
};

} // namespace nunatak::ui::session
