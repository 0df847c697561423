// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/gdal_messages.h"

#include <cpl_error.h>

namespace nunatak::exchange {

namespace {

void CPL_STDCALL keepFirstFailure(CPLErr level, CPLErrorNum, const char* message) {
    if (level != CE_Failure && level != CE_Fatal) {
        return;
    }
    auto& kept = *static_cast<std::string*>(CPLGetErrorHandlerUserData());
    if (kept.empty()) {
        kept = message;
    }
}

} // namespace

GdalMessages::GdalMessages() {
    CPLPushErrorHandlerEx(keepFirstFailure, &m_failure);
    CPLErrorReset();
}

GdalMessages::~GdalMessages() {
    CPLPopErrorHandler();
}

} // namespace nunatak::exchange
