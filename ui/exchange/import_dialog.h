// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/outline_files.h"
#include "outlines/outline.h"
#include "project/import_survey.h"

#include <QDialog>
#include <QString>

#include <vector>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QRadioButton;
class QTableWidget;
class QTimer;
class QTreeWidget;

namespace nunatak::ui {
class UserSettings;
class PathField;
} // namespace nunatak::ui

namespace nunatak::ui::exchange {

/// What a file would give with the options chosen: looked at before anything is imported.
struct ImportPreview {
    std::vector<nunatak::exchange::SourceLayer> layers;
    std::vector<outlines::OutlineHandle> outlines; ///< that would come in
    project::ImportSurvey survey;
    std::vector<std::string> notes;
    QString problem; ///< why nothing would come in; empty where something would
};

/// Which file goes into which layer, and what its columns mean: layers, columns and how they were understood
/// are shown, and can be said otherwise. Reading is done by somebody else, who listens to `previewWanted`.
class ImportDialog : public QDialog {
    Q_OBJECT

public:
    ImportDialog(UserSettings& settings, const std::vector<outlines::LayerInfo>& layers, QWidget* parent);

    QString file() const;
    /// The layer that is chosen, or one of its own for what that one has already.
    QString layer() const;
    QString chosenLayer() const;
    project::ImportMode mode() const;
    outlines::LayerKind kind() const;
    /// As chosen. Throws Error where the coordinate system or the date of the analyses is no such thing.
    nunatak::exchange::ImportOptions options() const;

    /// Of the preview that is shown.
    const std::vector<outlines::OutlineHandle>& outlines() const { return m_preview.outlines; }
    void showPreview(const ImportPreview& preview);
    /// What the outlines shown would do to the chosen layer.
    void showSurvey(const project::ImportSurvey& survey, const QString& freeLayer);
    /// The notes on what is chosen now; none while it is being looked at.
    std::vector<std::string> shownNotes() const;

Q_SIGNALS:
    void previewWanted();
    /// The layer or its kind is another one; the file is the same.
    void surveyWanted();

private:
    QWidget* source();
    QWidget* content();
    QWidget* already();
    void showSummary();
    void askAgain();
    void fillLayers();
    void fillColumns();
    void update();

    std::vector<outlines::LayerInfo> m_layers;
    ImportPreview m_preview;
    nunatak::exchange::FieldMapping m_mapping; ///< what was said otherwise than recognised
    QString m_shownFile;                       ///< that mapping and layers belong to
    bool m_layersChosen = false;
    bool m_filling = false;
    bool m_isCurrent = false; ///< the preview is of what is chosen
    PathField* m_file = nullptr;
    QComboBox* m_layer = nullptr;
    QComboBox* m_kind = nullptr;
    QLabel* m_summary = nullptr;
    QWidget* m_alreadyBox = nullptr;
    QLabel* m_alreadyText = nullptr;
    QRadioButton* m_ownLayer = nullptr;
    QRadioButton* m_replace = nullptr;
    QRadioButton* m_append = nullptr;
    QString m_freeLayer; ///< name of the layer that would be made
    QTreeWidget* m_sourceLayers = nullptr;
    QTableWidget* m_columns = nullptr;
    QListWidget* m_notes = nullptr;
    QLineEdit* m_crs = nullptr;
    QComboBox* m_analyses = nullptr;
    QComboBox* m_encoding = nullptr;
    QTimer* m_wait = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace nunatak::ui::exchange
