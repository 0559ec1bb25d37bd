import { own } from '../../own.ts';

/** What CloudTrail calls an operation, and which kind of event it is. */
export interface EventKind {
  /** Such as `iam.amazonaws.com`. */
  readonly source: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly category: 'Management' | 'Data';
}

/** Services whose event source is called otherwise than their commands. */
const SOURCES: Readonly<Record<string, string>> = { 'sso-admin': 'sso', accessanalyzer: 'access-analyzer' };

/** Source: Lambda Developer Guide, logging-using-cloudtrail.html; S3 User Guide, cloudtrail-logging-s3-info.html. */
const NAMES: Readonly<Record<string, string>> = {
  's3:ListObjectsV2': 'ListObjects',
  'lambda:AddPermission': 'AddPermission20150331v2',
  'lambda:CreateFunction': 'CreateFunction20150331',
  'lambda:DeleteFunction': 'DeleteFunction20150331',
  'lambda:GetFunction': 'GetFunction20150331v2',
  'lambda:GetFunctionConfiguration': 'GetFunctionConfiguration20150331v2',
  'lambda:GetPolicy': 'GetPolicy20150331v2',
  'lambda:ListFunctions': 'ListFunctions20150331',
  'lambda:RemovePermission': 'RemovePermission20150331v2',
  'lambda:UpdateFunctionCode': 'UpdateFunctionCode20150331v2',
  'lambda:UpdateFunctionConfiguration': 'UpdateFunctionConfiguration20150331v2',
};

/**
 * Operations on what is in a resource rather than on the resource: they are not in the event history, and in a trail
 * only where it selects them.
 * Source: CloudTrail User Guide, logging-data-events-with-cloudtrail.html.
 */
const DATA =
  /^(s3:(\w*Objects?(V2|Tagging|Acl|Versions|Attributes)?|HeadBucket)|lambda:Invoke|sns:Publish|sqs:((Send|Receive|Delete)Message|ChangeMessageVisibility))$/;

const READS =
  /:(Get|List|Describe|Head|Lookup|Simulate|Validate|Check|Search|Generate(Credential|Service|DataKey)|Decrypt|Encrypt|Receive|AssumeRole)/;

/** What CloudTrail makes of an operation, by its id such as `iam:CreateUser`. */
export function eventKind(operation: string): EventKind {
  const [service = '', api = ''] = operation.split(':');
  return {
    source: `${own(SOURCES, service) ?? service}.amazonaws.com`,
    name: own(NAMES, operation) ?? api,
    readOnly: READS.test(operation),
    category: DATA.test(operation) ? 'Data' : 'Management',
  };
}
