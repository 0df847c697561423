// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/open_scene.h"

#include <QDialog>
#include <QStringList>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QListWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace nunatak::ui {
class UserSettings;
class PathField;
} // namespace nunatak::ui

namespace nunatak::ui::scenes {

/// Shows what was recognised in the files that were given (products, dates, bands by feature, what was
/// assumed), asks for what cannot be told and for an elevation model where there is none, and where the scene
/// shall go. Recognising is done by somebody else, who listens to `recognitionWanted`.
class OpenSceneDialog : public QDialog {
    Q_OBJECT

public:
    /// `project`: name of the open project that a scene can join; empty when none is open or it cannot
    /// change.
    OpenSceneDialog(UserSettings& settings, const QString& project, QWidget* parent);

    void addPaths(const QStringList& paths);
    /// What came out of the recognition wanted last.
    void showOpened(const scene::OpenedScene& opened);
    /// It failed.
    void showProblem(const QString& sentence);
    /// What was recognised could not be put where it should go.
    void showRefusal(const QString& sentence);

    const scene::Scene& scene() const { return m_opened.scene; }
    /// True: into the project that is open; false: into a new one.
    bool joinsProject() const;
    QString projectFile() const;

Q_SIGNALS:
    void recognitionWanted(const QStringList& paths, const scene::OpenOptions& options);

private:
    QWidget* inputs();
    QWidget* results();
    QWidget* choices();
    void ask(const QString& purpose, const QString& title, bool folder);
    void recogniseAgain();
    void fillRasters();
    void addRaster(const QString& file, const QString& feature, const QString& bands, const QString& how);
    void rasterEdited(const QTreeWidgetItem& item);
    void suggestFile();
    void update();

    UserSettings& m_settings;
    scene::OpenedScene m_opened;
    scene::OpenOptions m_options;
    bool m_busy = false;
    bool m_filling = false;
    QListWidget* m_paths = nullptr;
    QLabel* m_recognised = nullptr;
    QTreeWidget* m_rasters = nullptr;
    QListWidget* m_notes = nullptr;
    QLabel* m_missing = nullptr;
    QWidget* m_missingBar = nullptr;
    QComboBox* m_reflectance = nullptr;
    QComboBox* m_pixelSize = nullptr;
    QCheckBox* m_swapOrbits = nullptr;
    QComboBox* m_target = nullptr;
    PathField* m_file = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace nunatak::ui::scenes
