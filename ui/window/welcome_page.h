// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;

namespace nunatak::ui::window {

class RecentList;

/// What the window shows while no project is open: recent projects, and the ways to get one.
class WelcomePage : public QWidget {
    Q_OBJECT

public:
    explicit WelcomePage(QWidget* parent = nullptr);

    void setRecent(const QStringList& files);

Q_SIGNALS:
    void openRequested();
    void newRequested();
    void sceneRequested();
    void demoRequested();
    void recentRequested(const QString& file);

private:
    RecentList* m_recent = nullptr;
    QLabel* m_none = nullptr;
};

} // namespace nunatak::ui::window
