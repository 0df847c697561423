// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/scene.h"

#include <QDialog>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QTabWidget;
class QTreeWidget;

namespace nunatak::ui {
class UserSettings;
class PathField;
} // namespace nunatak::ui

namespace nunatak::ui::session {

/// What a new project is made of.
struct NewProject {
    std::filesystem::path file;
    std::optional<scene::Scene> scene; ///< ready made; none: from what follows
    std::filesystem::path sceneJson;   ///< empty: from rasters
    std::vector<scene::RasterArgument> rasters;
    std::string name;
    std::string date;
    std::string sensor;
    std::string crs; ///< empty: from the scene
};

/// Asks for the scene, by its file or by its rasters, and for the project's file.
class NewProjectDialog : public QDialog {
    Q_OBJECT

public:
    NewProjectDialog(UserSettings& settings, QWidget* parent);

    NewProject request() const;
    /// Why no project could be made of it.
    void showProblem(const QString& sentence);

private:
    QWidget* rastersPage(UserSettings& settings);
    void addRasters(const QString& feature, const QStringList& files);
    bool fromRasters() const;
    void update();

    QTabWidget* m_source = nullptr;
    PathField* m_sceneJson = nullptr;
    QTreeWidget* m_rasters = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_date = nullptr;
    QLineEdit* m_sensor = nullptr;
    QLineEdit* m_crs = nullptr;
    PathField* m_file = nullptr;
    QLabel* m_problem = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace nunatak::ui::session
