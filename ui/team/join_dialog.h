// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/join.h"

#include <QDialog>
#include <QStringList>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;
class QWidget;

namespace nunatak::ui::team {

class ConflictList;
class ConflictPicture;

/// Projects of others, what came of a look at them, and what two people changed, to be decided.
class JoinDialog : public QDialog {
    Q_OBJECT

public:
    /// `project`: the name of the one that they are joined with.
    JoinDialog(const QString& project, const QStringList& files, QWidget* parent);

    std::vector<std::filesystem::path> files() const;
    /// Those that are there already are not added again.
    void addFiles(const QStringList& files);
    std::map<std::string, project::Choice> decisions() const;

    void showLooking();
    /// 0 to 1, and what is being done.
    void showProgress(double fraction, const QString& stage);
    void showProblem(const QString& sentence);
    void showFound(const project::Join& join);

Q_SIGNALS:
    void addRequested();
    /// Others are chosen now.
    void filesChanged();
    void stopRequested();
    void joinRequested();
    void conflictChosen(const nunatak::project::JoinConflict& conflict);

private:
    QWidget* makeFiles(const QStringList& files);
    QWidget* makeProgress();
    QWidget* makeConflicts();
    void setLooking(bool looking);
    void refresh();

    QListWidget* m_files = nullptr;
    QPushButton* m_remove = nullptr;
    QWidget* m_looking = nullptr;
    QLabel* m_stage = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_summary = nullptr;
    QWidget* m_deciding = nullptr;
    QLabel* m_left = nullptr; ///< how much is not decided yet
    ConflictList* m_conflicts = nullptr;
    ConflictPicture* m_picture = nullptr;
    QPushButton* m_do = nullptr;
    bool m_hasNews = false;
};

} // namespace nunatak::ui::team
