// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/team/share_preview.h"

#include <QDialog>
#include <QStringList>

#include <filesystem>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTableWidget;

namespace nunatak::ui {
class PathField;
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::team {

class ShareMap;

/// How a project is shared out among experts: by what, who they are, what each gets, and where their projects
/// go.
class SplitDialog : public QDialog {
    Q_OBJECT

public:
    /// @param project its file; @param folder where the parts go at first; @param attributes of its glaciers;
    /// @param rasterBytes of its predictions
    SplitDialog(UserSettings& settings, std::filesystem::path project, const QString& folder,
                const QStringList& attributes, int glaciers, std::uintmax_t rasterBytes, QWidget* parent);

    tasks::ShareChoice choice() const;
    /// As they were named; parts of one name are one expert's.
    std::vector<project::PartWanted> parts() const;
    std::filesystem::path folder() const;
    tasks::TakeRasters rasters() const;

    /// Somebody works out who gets what.
    void showLooking();
    void showPreview(SharePreview preview);
    void showProblem(const QString& sentence);

Q_SIGNALS:
    /// Another way to share out was chosen.
    void choiceChanged();
    /// What is chosen shall be done; the dialog stays as it is.
    void splitRequested();

private:
    QWidget* makeChoice(UserSettings& settings, const QString& folder, const QStringList& attributes,
                        int glaciers);
    QWidget* makeParts();
    void nameParts();
    void refresh();

    /// Whose file would be where one is already; empty: nobody's.
    QString inTheWay(const std::vector<project::PartWanted>& parts) const;

    std::filesystem::path m_project;
    SharePreview m_preview;
    bool m_isLooking = true;
    QComboBox* m_by = nullptr;
    QStackedWidget* m_how = nullptr;
    QSpinBox* m_count = nullptr;
    PathField* m_regions = nullptr;
    QLineEdit* m_field = nullptr;
    PathField* m_list = nullptr;
    QComboBox* m_attribute = nullptr;
    QTableWidget* m_parts = nullptr;
    ShareMap* m_map = nullptr;
    PathField* m_folder = nullptr;
    QCheckBox* m_rasters = nullptr;
    QLabel* m_state = nullptr;
    QPushButton* m_do = nullptr;
};

} // namespace nunatak::ui::team
