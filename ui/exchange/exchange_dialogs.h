// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tasks/export_task.h"
#include "ui/base/file_question.h"

#include <QDialog>
#include <QString>

#include <vector>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QTimer;

namespace nunatak::ui {
class UserSettings;
class PathField;
} // namespace nunatak::ui

namespace nunatak::ui::exchange {

class CrsChoice;
class ExportPreviewTable;
class HandInFields;
class OutlineFields;

/// A layer that can be handed in.
struct ExportableLayer {
    QString name;
    QString title;                       ///< what people read
    QString fileName;                    ///< that it may have, with an ending
    int outlines = 0;                    ///< that are handed in
    int left = 0;                        ///< others, which are marked as no glaciers
    std::vector<std::string> selected{}; ///< UUIDs of those that are selected
    bool hasAreas = true;                ///< others may be written that lie within its outlines
    QString elevation{};                 ///< the project's elevation model for it; empty: there is none
};

/// Which outlines of which layer go into which file, and with which columns. A name is suggested, until the
/// user gives one. What will be written is shown; somebody else finds it out, who listens to `previewWanted`.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// `crs`: the project's.
    ExportDialog(UserSettings& settings, std::vector<ExportableLayer> layers, const QString& chosen,
                 const geo::Crs& crs, QWidget* parent);

    QString layer() const;
    QString file() const;
    /// Throws Error for a date or a number that is none.
    tasks::ExportChoice choice() const;
    /// The user agreed to lose what is there and no export made.
    bool replaces() const { return m_replaces; }
    /// A file that can be written is named.
    bool isComplete() const { return m_isComplete; }

    /// What is known so far, or all of it.
    void showPreview(const nunatak::exchange::ExportPreview& preview);
    /// Why there is none.
    void showProblem(const QString& sentence);

    void accept() override;

Q_SIGNALS:
    /// Something else would be written now: what was found out is no longer true.
    void previewOutdated();
    /// The same, and nobody has typed for a moment.
    void previewWanted();

private:
    /// Below the table.
    void say(const QString& words);
    void update();
    void suggest();
    void offerOutlines();
    void changeSchema();
    /// Only what the schema and the format can have.
    void showFields();
    void showCount(const QString& written);
    /// Null where there is none.
    const ExportableLayer* chosen() const;

    UserSettings& m_settings;
    std::vector<ExportableLayer> m_layers;
    FileQuestion m_question;
    QString m_suggested; ///< as it was put into the field
    QFormLayout* m_form = nullptr;
    QComboBox* m_layer = nullptr;
    OutlineFields* m_outlines = nullptr;
    QComboBox* m_schema = nullptr;
    CrsChoice* m_crs = nullptr;
    PathField* m_elevation = nullptr;
    QLineEdit* m_region = nullptr;
    PathField* m_file = nullptr;
    QLabel* m_count = nullptr;
    QCheckBox* m_readme = nullptr;
    HandInFields* m_handIn = nullptr;
    ExportPreviewTable* m_columns = nullptr;
    QLabel* m_notes = nullptr;
    QLabel* m_hint = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
    QTimer* m_later = nullptr; ///< while somebody types
    bool m_replaces = false;
    bool m_isComplete = false;
};

} // namespace nunatak::ui::exchange
