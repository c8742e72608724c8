// Owns the agent as a service of Windows. The service control manager wants its calls answered, which a Node program cannot do
// without native code: this program does, and keeps the vigie-agent.exe beside it running. See
// https://learn.microsoft.com/windows/win32/services/service-programs
#define UNICODE
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#define LONG_PATH 1024
#define RESTART_MS 5000
// Of which the agent's own last flush takes some seconds at the most.
#define STOP_MS 20000
#define LOG_CHECK_MS 3600000
#define LOG_MAX_BYTES 1000000
#define SETTINGS_MAX_BYTES 65536
// As the agent's exit status says it: what is set wrongly stays wrong until somebody sets it right.
#define WRONG_SETTING 2
// As in its unit of systemd: it keeps to its own, smaller budget by itself, and these are for when it does not.
#define MAX_MEMORY_BYTES ((SIZE_T)1 << 30)
#define MAX_PROCESSES 64

static wchar_t service_name[] = L"vigie-agent";
static wchar_t program[LONG_PATH], log_path[LONG_PATH], old_log_path[LONG_PATH];
static SERVICE_STATUS_HANDLE manager;
static HANDLE stop_wanted, log_file, job;

static void report(DWORD state, DWORD agent_status) {
  SERVICE_STATUS status = {.dwServiceType = SERVICE_WIN32_OWN_PROCESS, .dwCurrentState = state};
  if (state == SERVICE_RUNNING) status.dwControlsAccepted = SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN;
  if (state == SERVICE_STOP_PENDING) status.dwWaitHint = STOP_MS + 5000;
  if (agent_status != 0) status.dwWin32ExitCode = ERROR_SERVICE_SPECIFIC_ERROR;
  status.dwServiceSpecificExitCode = agent_status;
  SetServiceStatus(manager, &status);
}

static DWORD WINAPI on_control(DWORD control, DWORD type, void *data, void *context) {
  (void)type, (void)data, (void)context;
  if (control == SERVICE_CONTROL_INTERROGATE) return NO_ERROR;
  if (control != SERVICE_CONTROL_STOP && control != SERVICE_CONTROL_SHUTDOWN) return ERROR_CALL_NOT_IMPLEMENTED;
  report(SERVICE_STOP_PENDING, 0);
  SetEvent(stop_wanted);
  return NO_ERROR;
}

// The shape of the agent's own lines.
static void log_line(const char *words, DWORD number) {
  SYSTEMTIME now;
  char line[256];
  DWORD written;
  GetSystemTime(&now);
  int length = snprintf(line, sizeof line,
                        "{\"level\":40,\"time\":\"%04u-%02u-%02uT%02u:%02u:%02u.%03uZ\",\"name\":\"vigie-agent-service\","
                        "\"msg\":\"%s\",\"number\":%lu}\n",
                        now.wYear, now.wMonth, now.wDay, now.wHour, now.wMinute, now.wSecond, now.wMilliseconds, words, number);
  WriteFile(log_file, line, length, &written, NULL);
}

// One older log is kept. The agent appends: it goes on where the file ends now.
static void bound_log(void) {
  LARGE_INTEGER size;
  if (!GetFileSizeEx(log_file, &size) || size.QuadPart < LOG_MAX_BYTES) return;
  CopyFile(log_path, old_log_path, FALSE);
  HANDLE whole = CreateFile(log_path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                            TRUNCATE_EXISTING, 0, NULL);
  if (whole != INVALID_HANDLE_VALUE) CloseHandle(whole);
}

// As a shell does, which install writes for.
static void unquote(wchar_t *value) {
  wchar_t *to = value;
  for (const wchar_t *from = value + 1; *from != 0 && *from != L'"'; from++) {
    if (*from == L'\\' && from[1] != 0 && wcschr(L"\"\\$`", from[1]) != NULL) from++;
    *to++ = *from;
  }
  *to = 0;
}

static void set_variable(char *line) {
  wchar_t wide[4096];
  wchar_t *value;
  if (line[0] == '#' || !MultiByteToWideChar(CP_UTF8, 0, line, -1, wide, 4096)) return;
  value = wcschr(wide, L'=');
  if (value == NULL || value == wide) return;
  *value++ = 0;
  if (*value == L'"') unquote(value);
  SetEnvironmentVariable(wide, value);
}

// NAME=VALUE lines, as `vigie-agent install` writes them; a file that is too long is not read.
static void read_settings(const wchar_t *path) {
  static char text[SETTINGS_MAX_BYTES + 1];
  DWORD length = 0;
  HANDLE file = CreateFile(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return;
  ReadFile(file, text, sizeof text, &length, NULL);
  CloseHandle(file);
  if (length == sizeof text) return log_line("the settings are longer than 64 KiB, and were not read", length);
  text[length] = 0;
  for (char *line = strtok(text, "\r\n"); line != NULL; line = strtok(NULL, "\r\n")) set_variable(line);
}

/** NULL, and an error of Windows, when it could not be started. The agent stops when its standard input, a pipe, ends. */
static HANDLE start_agent(HANDLE *input) {
  wchar_t command[LONG_PATH + 16];
  PROCESS_INFORMATION agent = {0};
  SECURITY_ATTRIBUTES inheritable = {.nLength = sizeof inheritable, .bInheritHandle = TRUE};
  STARTUPINFO startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES, .hStdOutput = log_file, .hStdError = log_file};
  if (!CreatePipe(&startup.hStdInput, input, &inheritable, 0)) return NULL;
  SetHandleInformation(*input, HANDLE_FLAG_INHERIT, 0);
  swprintf(command, LONG_PATH + 16, L"\"%ls\" run-service", program);
  // Suspended until it is in the job, so that it cannot outlive this program; without a console, which is a process too.
  if (CreateProcess(program, command, NULL, NULL, TRUE, DETACHED_PROCESS | CREATE_SUSPENDED, NULL, NULL, &startup, &agent)) {
    AssignProcessToJobObject(job, agent.hProcess);
    ResumeThread(agent.hThread);
    CloseHandle(agent.hThread);
  } else {
    log_line("the agent could not be started, for this error of Windows; again in 5 s", GetLastError());
    CloseHandle(*input);
  }
  CloseHandle(startup.hStdInput);
  return agent.hProcess;
}

static void stop_agent(HANDLE agent) {
  if (WaitForSingleObject(agent, STOP_MS) == WAIT_OBJECT_0) return;
  log_line("the agent did not stop in these milliseconds, and is ended", STOP_MS);
  TerminateJobObject(job, 1);
}

/** Until the service is to stop, or the agent says that a setting is wrong. Returns its status then. */
static DWORD keep_running(void) {
  report(SERVICE_RUNNING, 0);
  for (;;) {
    HANDLE input;
    DWORD status = 0, what = WAIT_FAILED;
    bound_log();
    HANDLE agent = start_agent(&input);
    if (agent != NULL) {
      HANDLE either[] = {stop_wanted, agent};
      while ((what = WaitForMultipleObjects(2, either, FALSE, LOG_CHECK_MS)) == WAIT_TIMEOUT) bound_log();
      CloseHandle(input);
      if (what == WAIT_OBJECT_0) stop_agent(agent);
      GetExitCodeProcess(agent, &status);
      CloseHandle(agent);
      if (what == WAIT_OBJECT_0) return 0;
      if (status == WRONG_SETTING) return status;
      log_line("the agent ended by itself, with this status; it is started again in 5 s", status);
    }
    if (WaitForSingleObject(stop_wanted, RESTART_MS) == WAIT_OBJECT_0) return 0;
  }
}

static void WINAPI run_service(DWORD count, wchar_t **arguments) {
  wchar_t data[LONG_PATH - 64], path[LONG_PATH];
  SECURITY_ATTRIBUTES inheritable = {.nLength = sizeof inheritable, .bInheritHandle = TRUE};
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {
      .BasicLimitInformation = {.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_JOB_MEMORY |
                                              JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
                                .ActiveProcessLimit = MAX_PROCESSES},
      .JobMemoryLimit = MAX_MEMORY_BYTES};
  (void)count, (void)arguments;
  manager = RegisterServiceCtrlHandlerEx(service_name, on_control, NULL);
  stop_wanted = CreateEvent(NULL, TRUE, FALSE, NULL);
  report(SERVICE_START_PENDING, 0);

  GetModuleFileName(NULL, program, LONG_PATH - 32);
  wcscpy(wcsrchr(program, L'\\') + 1, L"vigie-agent.exe");
  // Where the agent has its data, by the same rule (settings.ts).
  DWORD length = GetEnvironmentVariable(L"ProgramData", data, LONG_PATH - 64);
  if (length == 0 || length >= LONG_PATH - 64) wcscpy(data, L"C:\\ProgramData");
  swprintf(log_path, LONG_PATH, L"%ls\\vigie-agent\\vigie-agent.log", data);
  swprintf(old_log_path, LONG_PATH, L"%ls.1", log_path);
  swprintf(path, LONG_PATH, L"%ls\\vigie-agent\\vigie-agent.env", data);
  log_file = CreateFile(log_path, FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE,
                        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, &inheritable, OPEN_ALWAYS, 0, NULL);
  read_settings(path);
  job = CreateJobObject(NULL, NULL);
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
  report(SERVICE_STOPPED, keep_running());
}

int main(void) {
  SERVICE_TABLE_ENTRY services[] = {{service_name, run_service}, {NULL, NULL}};
  if (StartServiceCtrlDispatcher(services)) return 0;
  fputs("vigie-agent-service: Windows starts this program, as the service vigie-agent; you want vigie-agent.exe\n", stderr);
  return 1;
}
