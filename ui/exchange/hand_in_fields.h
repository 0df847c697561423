// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tasks/export_task.h"

#include <QGroupBox>
#include <QString>
#include <QWidget>

#include <vector>

class QFormLayout;
class QLineEdit;

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::exchange {

/// What a data centre wants to know of those who hand outlines in: for the README beside the file, and for
/// GLIMS' session. What is the same each time is there again the next time.
class HandInFields : public QGroupBox {
    Q_OBJECT

public:
    explicit HandInFields(UserSettings& settings, QWidget* parent = nullptr);

    /// GLIMS' own fields are there as well.
    void setGlims(bool isOfGlims);
    /// Puts what is said where an export has it. Throws Error for an uncertainty that is no number.
    void addTo(tasks::ExportChoice& choice) const;
    /// Keeps what is the same the next time.
    void remember();

Q_SIGNALS:
    void changed();

private:
    QLineEdit* field(QFormLayout* form, const char* name, const QString& label, const QString& placeholder,
                     const QString& value, bool isOfGlims);

    UserSettings& m_settings;
    bool m_isOfGlims = false;
    QLineEdit* m_title = nullptr;
    QLineEdit* m_abstract = nullptr;
    QLineEdit* m_authors = nullptr;
    QLineEdit* m_licence = nullptr;
    QLineEdit* m_centre = nullptr;
    QLineEdit* m_area = nullptr;
    QLineEdit* m_affiliation = nullptr;
    QLineEdit* m_processing = nullptr;
    QLineEdit* m_local = nullptr;
    QLineEdit* m_global = nullptr;
    QWidget* m_glims = nullptr; ///< the column of GLIMS' fields
};

} // namespace nunatak::ui::exchange
